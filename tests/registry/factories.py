"""The least valid rows of the registers."""

from datetime import date

import factory

from luytre.registry.models import (
    Consent,
    Exemplar,
    GroupKind,
    GuardTeam,
    Initiative,
    InitiativeField,
    Mediation,
    Member,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    Recognition,
    RespectedConsent,
    RespectedPerson,
    Site,
    SiteActivity,
    SkilfulWork,
    Training,
    TrainingRecord,
    TrainingTopic,
    WatchGroup,
)
from tests.factories import UserFactory, commune, nation, residential, user


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


class SiteActivityFactory(factory.django.DjangoModelFactory):
    """`area` is the site's."""

    class Meta:
        model = SiteActivity
        exclude = ("area",)

    area = factory.LazyFunction(residential)
    site = factory.SubFactory(SiteFactory, area=factory.SelfAttribute("..area"))
    on = date(2026, 3, 1)
    kind = SiteActivity.Kind.MEETING


class ExemplarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exemplar

    kind = Exemplar.Kind.COLLECTIVE
    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Tổ tự quản số {number}")
    recognised_on = date(2026, 3, 1)
    granted_by = "Chủ tịch Ủy ban nhân dân xã"


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


class RespectedPersonFactory(factory.django.DjangoModelFactory):
    """Somebody who agreed on paper, unless said otherwise."""

    class Meta:
        model = RespectedPerson
        skip_postgeneration_save = True

    area = factory.LazyFunction(commune)
    full_name = factory.Sequence(lambda number: f"Vừ A Thử {number}")
    role = "elder"
    serves_from = date(2026, 1, 10)

    @factory.post_generation
    def agreed(person: RespectedPerson, create: bool, extracted, **kwargs) -> None:
        if extracted is not False:
            given = {"given_on": person.serves_from, "how": "paper", "text_version": "uy-tin-2026-11"}
            RespectedConsent.objects.create(person=person, by=UserFactory(), **given)


class SkilfulWorkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkilfulWork

    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Dân vận khéo số {number}")
    body = "Hội Phụ nữ xã"
    registered_on = date(2026, 1, 10)


class GuardTeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GuardTeam

    area = factory.LazyFunction(residential)
    name = factory.Sequence(lambda number: f"Tổ bảo vệ an ninh, trật tự số {number}")
    founded_on = date(2025, 8, 1)


class MemberFactory(factory.django.DjangoModelFactory):
    """A member of a new guard team, or of the given `team` or `group`, who agreed on paper when they came."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda number: f"Lò Văn Thử {number}")
    serves_from = date(2025, 8, 1)

    @classmethod
    def _create(cls, model_class, *args, area=None, **fields):
        if not fields.get("group") and not fields.get("team"):
            fields["team"] = GuardTeamFactory(**({"area": area} if area else {}))
        return super()._create(model_class, *args, **fields)

    @factory.post_generation
    def agreed(member: Member, create: bool, extracted, **kwargs) -> None:
        if extracted is not False:
            Consent.objects.create(member=member, given_on=member.serves_from, how="paper", text_version="2026-11")


class TrainingTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingTopic
        django_get_or_create = ("code",)

    code = "patrol"
    vi_name = "Tuần tra"
    en_name = "Patrol"
    groups_need_it = True


class TrainingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Training
        skip_postgeneration_save = True

    area = factory.LazyFunction(commune)
    held_on = date(2026, 3, 1)
    place = factory.Sequence(lambda number: f"Hội trường số {number}")
    attendance = 12

    @factory.post_generation
    def with_topic(training: Training, create: bool, extracted, **kwargs) -> None:
        training.topics.add(TrainingTopicFactory())


def rosterable(*, trained_on: date = date(2026, 3, 1), expires_on: date | None = None, **fields) -> Member:
    """Somebody who may be put on duty: in office, agreed, trained in every topic there is."""
    TrainingTopicFactory()
    member = MemberFactory(**fields)
    for topic in TrainingTopic.objects.all():
        TrainingRecord.objects.create(member=member, topic=topic, held_on=trained_on, expires_on=expires_on)
    if member.team:
        recognise(member, on=member.serves_from)
    return member


def recognise(member: Member, *, on: date = date(2025, 8, 1)) -> Recognition:
    """By decision of the chair, as the law asks for guard teams."""
    proposal = Recognition.propose(member.team, [(member, False)], by=user(), on=on)
    proposal.grant(by=user(), on=on, number="41/QĐ-UBND", signatory="Chủ tịch UBND xã")
    return proposal


class MediationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mediation

    area = factory.LazyFunction(residential)
    held_on = date(2026, 3, 1)
    received = 2
    settled = 1


class PlaceKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlaceKind
        django_get_or_create = ("code",)

    code = "community_house"
    vi_name = "Nhà văn hóa"
    en_name = "Community house"


class PlaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place

    kind = factory.SubFactory(PlaceKindFactory)
    area = factory.LazyFunction(residential)
    name = factory.Sequence(lambda number: f"Nhà văn hóa số {number}")
    latitude = "21.3861"
    longitude = "103.0163"
