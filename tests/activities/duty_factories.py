"""The least valid rows of duty and patrols."""

from datetime import date, time

import factory

from luytre.activities.models import Body, Checkpoint, EventKind, Hazard, HazardKind, Patrol
from tests.factories import residential


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body
        django_get_or_create = ("code",)

    code = "lighting"
    vi_name = "Đơn vị quản lý chiếu sáng công cộng"
    en_name = "public lighting unit"
    goes_on_patrol = False
    mends_places = True


class EventKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EventKind
        django_get_or_create = ("code",)

    code = "fallen_tree"
    vi_name = "Cây đổ, dây đứt"
    en_name = "fallen tree"


class HazardKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HazardKind
        django_get_or_create = ("code",)

    code = "broken_lamp"
    vi_name = "Đèn đường hỏng, không sáng"
    en_name = "street lamp broken"
    usual_owner = factory.SubFactory(BodyFactory)


class CheckpointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Checkpoint

    area = factory.LazyFunction(residential)
    name = factory.Sequence(lambda number: f"Cầu treo số {number}")


class PatrolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Patrol

    area = factory.LazyFunction(residential)
    held_on = date(2026, 11, 3)
    began = time(21)
    ended = time(23, 30)
    people_count = 4


class HazardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hazard

    area = factory.LazyFunction(residential)
    kind = factory.SubFactory(HazardKindFactory)
    place = factory.Sequence(lambda number: f"Cột đèn số {number} sau trường học")
    noted_on = date(2026, 11, 3)
