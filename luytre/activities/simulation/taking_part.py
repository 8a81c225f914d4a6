"""What people of the made-up nation sign, hand in and take up: counts, never lists of who did."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from luytre.activities.catalogue.taking_part import sync_hand_in_kinds, sync_pledge_lists
from luytre.activities.models import (
    HandIn,
    HandInCampaign,
    HandInKind,
    HandInQuantity,
    HelpKind,
    PledgeCampaign,
    PledgeCount,
    PledgeTopic,
    SignerKind,
    SupportOffer,
    SupportUptake,
    UnitCount,
)
from luytre.areas.models import Area, Level
from luytre.reporting.simulation import nation, records, steps
from luytre.reporting.simulation.plan import MARK, REFORM, Plan, account
from luytre.reporting.simulation.steps import Step

COUNTS_A_YEAR, UNITS, HAND_INS_A_YEAR, OFFERS = 120_000, 95_000, 18_000, 8_000
AMOUNTS = """
INSERT INTO "{table}" (hand_in_id, kind_id, amount)
SELECT id, (%s::bigint[])[1 + id %% %s], 1 + id %% 5 FROM "{hand_ins}" WHERE created_by_id = %s
"""
WORK = {
    HelpKind.JOB: "Công nhân may, có đào tạo",
    HelpKind.COURSE: "Lớp sửa chữa xe máy",
    HelpKind.LOAN: "Vốn vay làm ăn",
    HelpKind.MENTOR: "Người cùng nghề chỉ việc",
}


def simulated(plan: Plan) -> Iterator[Step]:
    if plan.present:
        yield Step(_("pledge campaigns and their counts"), PledgeCount.objects.exists, lambda: make_pledges(plan))
        yield Step(_("households and businesses counted"), UnitCount.objects.exists, lambda: make_units(plan))
        yield Step(_("things handed in"), HandIn.objects.exists, lambda: make_hand_ins(plan))
        yield Step(_("offers of help and their uptake"), SupportUptake.objects.exists, lambda: make_offers(plan))


def provinces() -> list[Area]:
    """Those of today; who does not report yet has none below it."""
    return list(Area.objects.on(REFORM).filter(level=Level.PROVINCE).order_by("code"))


@transaction.atomic
def make_pledges(plan: Plan) -> None:
    """One campaign a province; areas count in the campaign of their own."""
    sync_pledge_lists()
    first, last = plan.present[0].first_day, plan.present[-1].last_day
    topics, signers = list(PledgeTopic.objects.all()[:3]), list(SignerKind.objects.filter(code__in=SIGNERS))
    for place in provinces():
        campaign = PledgeCampaign(area=place, name=f"Ký cam kết đầu năm {MARK}", opens_on=first, closes_on=last)
        campaign.add(by=account())
        campaign.topics.set(topics)
        campaign.signers.set(signers)
        count_signatures(plan, campaign, signers)


SIGNERS = ("household", "business", "pupil")


def count_signatures(plan: Plan, campaign: PledgeCampaign, signers: list[SignerKind]) -> None:
    each = max(1, records.of_years(plan, COUNTS_A_YEAR) // plan.areas)
    patterns = [PledgeCount(campaign=campaign, signer=signer) for signer in signers]
    own = {
        "area_id": "one.id",
        "counted_on": records.day_told(plan),
        "signed_count": "5 + (chance >> 8)::int % 90",
        "signed_qualifier": "CASE WHEN (chance >> 4) % 20 = 0 THEN 'about' ELSE 'exact' END",
    }
    which = f"parent.level = 'residential' AND parent.is_sample AND parent.path LIKE '{campaign.area.path}%'"
    records.follow(
        patterns, plan, parent=Area, each=f"{each}", which=which, purpose=f"pledges {campaign.area.code}",
        day="counted_on", own=own,
    )  # fmt: skip


@transaction.atomic
def make_units(plan: Plan) -> None:
    """Each area's households, once a year: what pledges are measured against."""
    sync_pledge_lists()
    household = SignerKind.objects.get(code="household")
    own = {
        "area_id": "one.id",
        "sort_key": "one.sort_key",
        "as_of": f"'{plan.present[0].first_day}'::date",
        "unit_count": "60 + (chance >> 8)::int % 200",
    }
    which = "parent.level = 'residential' AND parent.is_sample"
    patterns = [UnitCount(signer=household, area=Area())]
    records.follow(patterns, plan, parent=Area, which=which, purpose="unit counts", day="as_of", own=own)


@transaction.atomic
def make_hand_ins(plan: Plan) -> None:
    sync_hand_in_kinds()
    first, last = plan.present[0].first_day, plan.present[-1].last_day
    for place in provinces():
        HandInCampaign(area=place, name=f"Vận động giao nộp vũ khí, pháo {MARK}", opens_on=first, closes_on=last).add(
            by=account()
        )
    patterns = [HandIn(place=f"{place} {MARK}", received_by="Công an cấp xã") for place in ("Trụ sở xã", "Nhà văn hóa")]
    count = records.of_years(plan, HAND_INS_A_YEAR)
    records.multiply(
        patterns, count, plan, purpose="hand-ins", day="received_on", own={"received_on": records.day_told(plan)}
    )
    kinds = list(HandInKind.objects.order_by("code").values_list("pk", flat=True))
    text = AMOUNTS.format(table=HandInQuantity._meta.db_table, hand_ins=HandIn._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(text, [kinds, len(kinds), account().pk])
        nation.note(f"{cursor.rowcount} {HandInQuantity._meta.label}")


@transaction.atomic
def make_offers(plan: Plan) -> None:
    """What was offered, and of each offer how many took it up in a month."""
    patterns = [
        SupportOffer(kind=kind, title=f"{title} {MARK}", offered_by="Hợp tác xã Thử Nghiệm", how_to="Hỏi tại xã.")
        for kind, title in WORK.items()
    ]
    first, last = plan.present[0].first_day, plan.present[-1].last_day
    own = {"open_from": f"'{first}'::date", "place_count": "2 + (chance >> 8)::int % 12"}
    count = records.share(plan, OFFERS)
    records.multiply(patterns, count, plan, purpose="support offers", day="open_from", own=own)
    month = f"'{last.replace(day=1)}'::date"
    taken = {
        "offer_id": "one.id",
        "area_id": "one.area_id",
        "folded": "one.folded",
        "sort_key": "one.sort_key",
        "month": month,
        "counted_on": f"({month} + interval '1 month - 1 day')::date",
        "taken_count": "1 + (chance >> 8)::int % 2",
        "amount_vnd": f"CASE WHEN one.kind = '{HelpKind.LOAN}' THEN 20000000 * (1 + (chance >> 9) % 3) ELSE 0 END",
    }
    offer = SupportOffer(kind=HelpKind.JOB, title="x", offered_by="x")
    patterns_taken = [SupportUptake(offer=offer, month=last)]
    records.follow(patterns_taken, plan, parent=SupportOffer, purpose="support uptakes", day="counted_on", own=taken)


steps.REGISTERS.append(simulated)
