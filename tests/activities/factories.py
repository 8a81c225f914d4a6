"""The least valid outreach session."""

from datetime import date
from typing import Any

import factory

from luytre.activities.models import OutreachSession, Topic
from tests.factories import residential


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("code",)

    code = "drugs"
    vi_name = "Phòng, chống ma túy"
    en_name = "drugs"


class OutreachSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutreachSession
        skip_postgeneration_save = True

    area = factory.LazyFunction(residential)
    held_on = date(2026, 11, 3)
    place = "Nhà văn hóa bản"
    attendance = 42

    @factory.post_generation
    def topics(session: OutreachSession, create: bool, extracted: Any, **kwargs: Any) -> None:
        session.topics.set(extracted or [TopicFactory()])
