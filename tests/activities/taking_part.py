"""The least valid campaigns, counts, hand-ins and offers."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from luytre.activities.models import (
    HandIn,
    HandInCampaign,
    HandInKind,
    HandInQuantity,
    HandOver,
    HelpKind,
    PledgeCampaign,
    PledgeCount,
    PledgeTopic,
    Receiver,
    SignerKind,
    SupportOffer,
    SupportUptake,
    UnitCount,
)
from tests.factories import commune, residential


class PledgeTopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PledgeTopic
        django_get_or_create = ("code",)

    code = "no_drugs"
    vi_name = "Không ma túy"
    en_name = "No drugs"


class SignerKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignerKind
        django_get_or_create = ("code",)

    code = "household"
    vi_name = "Hộ gia đình"
    en_name = "Households"
    vi_unit = "hộ"
    en_unit = "households"


class PledgeCampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PledgeCampaign
        skip_postgeneration_save = True

    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Ký cam kết đợt {number}")
    opens_on = date(2026, 10, 1)
    closes_on = date(2026, 12, 31)

    @factory.post_generation
    def signers(campaign: PledgeCampaign, create: bool, extracted: Any, **kwargs: Any) -> None:
        campaign.signers.set(extracted or [SignerKindFactory()])
        campaign.topics.set([PledgeTopicFactory()])


class PledgeCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PledgeCount

    area = factory.LazyFunction(residential)
    campaign = factory.LazyAttribute(lambda count: PledgeCampaignFactory(area=count.area))
    signer = factory.SubFactory(SignerKindFactory)
    counted_on = date(2026, 11, 3)
    signed_count = 12


class UnitCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UnitCount

    area = factory.LazyFunction(residential)
    signer = factory.SubFactory(SignerKindFactory)
    as_of = date(2026, 1, 1)
    unit_count = 60


class HandInCampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HandInCampaign

    area = factory.LazyFunction(commune)
    name = factory.Sequence(lambda number: f"Vận động giao nộp đợt {number}")
    opens_on = date(2026, 10, 1)
    closes_on = date(2026, 12, 31)


class HandInKindFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HandInKind
        django_get_or_create = ("code",)

    code = "homemade_gun"
    vi_name = "Súng tự chế"
    en_name = "Home-made guns"
    vi_unit = "khẩu"
    en_unit = "guns"
    counted_as = "firearms_collected"


class HandInFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HandIn

    area = factory.LazyFunction(commune)
    received_on = date(2026, 11, 3)
    place = "Trụ sở công an xã"
    received_by = "Công an xã"


def handed_in(amount: str, *, code: str = "homemade_gun", **fields: Any) -> HandIn:
    """A hand-in with so much of one kind."""
    hand_in: HandIn = HandInFactory(**fields)
    kind = HandInKindFactory(code=code, counted_as=COUNTED_AS[code])
    HandInQuantity.objects.create(hand_in=hand_in, kind=kind, amount=Decimal(amount))
    return hand_in


COUNTED_AS = {
    "homemade_gun": "firearms_collected",
    "firework": "fireworks_kg_collected",
    "crude_weapon": "crude_weapons_collected",
    "detonator": "",
}


class HandOverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HandOver

    area = factory.LazyFunction(commune)
    handed_on = date(2026, 11, 10)
    from_body = "Công an xã"
    to_kind = Receiver.PROVINCE_MILITARY
    to_body = "Bộ CHQS tỉnh"


class SupportOfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportOffer

    area = factory.LazyFunction(commune)
    kind = HelpKind.JOB
    title = "May công nghiệp"
    offered_by = "Hợp tác xã may"
    place_count = 8
    open_from = date(2026, 1, 1)
    how_to = "Đến hợp tác xã trong giờ làm việc"


class SupportUptakeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportUptake
        exclude = ("area",)

    area = factory.LazyFunction(commune)
    offer = factory.LazyAttribute(lambda uptake: SupportOfferFactory(area=uptake.area))
    month = factory.Sequence(lambda number: date(2026, 1 + number % 10, 1))
    taken_count = 2
