"""The least valid rows of outreach."""

from datetime import date, time
from typing import Any

import factory

from luytre.activities.models import (
    Campaign,
    LearningQuestion,
    LoudspeakerSlot,
    OutreachPost,
    OutreachSession,
    PlannedSession,
    Topic,
)
from tests.factories import commune, nation, residential


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


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign
        skip_postgeneration_save = True

    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Đợt cao điểm số {number}")
    purpose = "Mỗi bản có ít nhất một buổi."
    first_day = date(2026, 10, 1)
    last_day = date(2026, 12, 31)

    @factory.post_generation
    def topics(campaign: Campaign, create: bool, extracted: Any, **kwargs: Any) -> None:
        campaign.topics.set(extracted or [TopicFactory()])


class PlannedSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlannedSession
        skip_postgeneration_save = True

    area = factory.LazyFunction(residential)
    planned_on = date(2026, 12, 3)
    place = "Nhà văn hóa bản"

    @factory.post_generation
    def topics(planned: PlannedSession, create: bool, extracted: Any, **kwargs: Any) -> None:
        planned.topics.set(extracted or [TopicFactory()])


class LearningQuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LearningQuestion

    area = factory.LazyFunction(nation)
    topic = factory.SubFactory(TopicFactory)
    text = factory.Sequence(lambda number: f"Nên làm gì khi có cuộc gọi lạ số {number}?")
    first = "Chuyển tiền"
    second = "Tắt máy"
    third = "Đọc mã OTP"
    right = "b"


class LoudspeakerSlotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LoudspeakerSlot

    area = factory.LazyFunction(residential)
    slot_on = date(2026, 11, 3)
    slot_at = time(17, 30)
    name = "Cảnh giác lừa đảo"
    script = "Bà con chú ý."


class OutreachPostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutreachPost

    area = factory.LazyFunction(commune)
    posted_on = date(2026, 11, 3)
    name = "Cảnh báo cuộc gọi giả danh"
