"""The least valid rows of the registers."""

from datetime import date

import factory

from luytre.registry.models import (
    GroupKind,
    Initiative,
    InitiativeField,
    Organisation,
    OrganisationKind,
    Site,
    SkilfulWork,
    WatchGroup,
)
from tests.factories import commune, nation, residential


class InitiativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Initiative

    name = factory.Sequence(lambda number: f"Tiếng kẻng an ninh {number}")
    field = InitiativeField.WATCH
    area = factory.LazyFunction(nation)


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    initiative = factory.SubFactory(InitiativeFactory)
    area = factory.LazyFunction(residential)
    launched_on = date(2026, 1, 10)


class GroupKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupKind
        django_get_or_create = ("code",)

    code = "order_team"
    vi_name = "Tổ an ninh trật tự"
    en_name = "order group"


class WatchGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WatchGroup

    kind = factory.SubFactory(GroupKindFactory)
    area = factory.LazyFunction(residential)
    name = factory.Sequence(lambda number: f"Tổ an ninh trật tự số {number}")
    founded_on = date(2026, 1, 10)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.SCHOOL
    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Trường THCS số {number}")


class SkilfulWorkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkilfulWork

    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Dân vận khéo số {number}")
    body = "Hội Phụ nữ xã"
    registered_on = date(2026, 1, 10)
