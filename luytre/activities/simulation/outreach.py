"""The made-up nation's materials, campaigns, planned sessions, loudspeaker slots and posts."""

from collections.abc import Iterator
from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luytre.activities.catalogue import named, sync_topics
from luytre.activities.models import Campaign, Channel, Form, LoudspeakerSlot, OutreachPost, PlannedSession, Topic
from luytre.bulletins.models import Kind, Material
from luytre.reporting.simulation import records, steps
from luytre.reporting.simulation.plan import MARK, REFORM, Plan
from luytre.reporting.simulation.steps import Step

MATERIALS, CAMPAIGNS, PLANNED = 2_000, 4_000, 30_000
SLOTS_A_YEAR, POSTS_A_YEAR = 120_000, 60_000
SUBJECTS = ["Phòng cháy", "Phòng ngừa trộm cắp", "Cảnh giác lừa đảo qua mạng", "An toàn giao thông"]


def simulated(plan: Plan) -> Iterator[Step]:
    yield Step(_("materials"), Material.objects.exists, lambda: make_materials(plan))
    if plan.present:
        yield Step(_("campaigns"), Campaign.objects.exists, lambda: make_campaigns(plan))
        yield Step(_("planned sessions"), PlannedSession.objects.exists, lambda: make_planned(plan))
        yield Step(_("loudspeaker slots"), LoudspeakerSlot.objects.exists, lambda: make_slots(plan))
        yield Step(_("posts"), OutreachPost.objects.exists, lambda: make_posts(plan))


def topics() -> list[int]:
    sync_topics()
    return list(Topic.objects.order_by("code").values_list("pk", flat=True))


def make_materials(plan: Plan) -> None:
    patterns = [
        Material(title=f"{subject} {MARK}", kind=kind, topic=code, source_body="Công an tỉnh")
        for subject, (code, _vi, _en) in zip(SUBJECTS, named(), strict=False)
        for kind in Kind
    ]
    own = {"summary": "'Tờ mô phỏng số ' || n"}
    records.multiply(patterns, records.share(plan, MATERIALS), plan, purpose="materials", day=f"{REFORM}", own=own)


@transaction.atomic
def make_campaigns(plan: Plan) -> None:
    patterns = [
        Campaign(name=f"{subject} {MARK}", purpose=f"{subject}, trong một tháng.", kind=kind)
        for subject in SUBJECTS
        for kind in Campaign.Kind
    ]
    own = {
        "first_day": records.day_told(plan),
        "last_day": f"{records.day_told(plan)} + 29",
        "decision": "(5 + chance % 300) || '/KH-UBND'",
    }
    count = records.share(plan, CAMPAIGNS)
    records.multiply(patterns, count, plan, purpose="campaigns", day="first_day", own=own)
    records.link(Campaign, "topics", topics())


@transaction.atomic
def make_planned(plan: Plan) -> None:
    """The quarter after the last month that is told."""
    patterns = [
        PlannedSession(place=f"{place} {MARK}", form=form, led_by="Công an cấp xã", starts_at=time(19, 30))
        for place in ("Nhà văn hóa", "Sân nhà văn hóa", "Hội trường")
        for form in (Form.TALK, Form.FILM)
    ]
    own = {"planned_on": f"'{plan.present[-1].last_day}'::date + 1 + (chance >> 5)::int % 90"}
    count = records.share(plan, PLANNED)
    records.multiply(patterns, count, plan, purpose="planned sessions", day=f"{plan.present[-1].last_day}", own=own)
    records.link(PlannedSession, "topics", topics())


def make_slots(plan: Plan) -> None:
    patterns = [
        LoudspeakerSlot(name=f"{subject} {MARK}", slot_at=hour, script=f"{subject}: bà con lưu ý.")
        for subject in SUBJECTS
        for hour in (time(5, 30), time(17))
    ]
    count = records.of_years(plan, SLOTS_A_YEAR)
    records.multiply(
        patterns, count, plan, purpose="loudspeaker slots", day="slot_on", own={"slot_on": records.day_told(plan)}
    )


def make_posts(plan: Plan) -> None:
    patterns = [
        OutreachPost(name=f"{subject} {MARK}", channel=channel, body=f"{subject}: bà con lưu ý.")
        for subject in SUBJECTS
        for channel in Channel
    ]
    own = {"posted_on": records.day_told(plan), "reach_count": "50 + (chance >> 8)::int % 4000"}
    count = records.of_years(plan, POSTS_A_YEAR)
    records.multiply(patterns, count, plan, purpose="posts", day="posted_on", own=own)


steps.REGISTERS.append(simulated)
