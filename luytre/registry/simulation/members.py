"""The made-up nation's members of guard teams, respected persons and trainings: names that say they are made up."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from luytre.registry.catalogue import consent, sync_training_topics
from luytre.registry.models import (
    Consent,
    GuardTeam,
    Member,
    RespectedConsent,
    RespectedPerson,
    Training,
    TrainingTopic,
)
from luytre.registry.models.members import Position
from luytre.registry.models.respected import RespectedRole
from luytre.reporting.simulation import records, steps
from luytre.reporting.simulation.plan import MARK, Plan, account
from luytre.reporting.simulation.steps import Step

RESPECTED, TRAININGS_A_YEAR = 30_000, 12_000
NAMES = ["Lò Văn Mẫu", "Nguyễn Thị Mẫu", "Trần Văn Mẫu", "Lê Thị Mẫu", "Giàng A Mẫu", "Thạch Mẫu", "Y Mẫu Niê"]
AGREED = """
INSERT INTO "{table}" ("{of}", given_on, how, text_version, by_id)
SELECT id, serves_from, 'paper', %s, created_by_id FROM "{rows}" WHERE created_by_id = %s
"""


def simulated(plan: Plan) -> Iterator[Step]:
    yield Step(_("members of guard teams"), Member.objects.exists, lambda: make_members(plan))
    yield Step(_("respected persons"), RespectedPerson.objects.exists, lambda: make_respected(plan))
    if plan.present:
        yield Step(_("trainings"), Training.objects.exists, lambda: make_trainings(plan))


@transaction.atomic
def make_members(plan: Plan) -> None:
    """As many as the team says it has; the first leads."""
    patterns = [Member(team=GuardTeam(), full_name=f"{name} {MARK}") for name in NAMES]
    own = {
        "team_id": "one.id",
        "area_id": "one.area_id",
        "serves_from": "one.founded_on + (chance >> 6)::int % 30",
        "serves_until": "one.founded_on + 1826",
        "position": f"CASE WHEN k = 1 THEN '{Position.LEADER}' ELSE '{Position.MEMBER}' END",
    }
    day = "serves_from"
    records.follow(patterns, plan, parent=GuardTeam, each="parent.member_count", purpose="members", day=day, own=own)
    agreed(Consent, "member_id", Member)


@transaction.atomic
def make_respected(plan: Plan) -> None:
    patterns = [RespectedPerson(full_name=f"{name} {MARK}", role=role) for name in NAMES for role in RespectedRole]
    own = {"serves_from": "'2025-07-15'::date + (chance >> 5)::int % 300"}
    count = records.share(plan, RESPECTED)
    records.multiply(patterns, count, plan, purpose="respected", day="serves_from", own=own)
    agreed(RespectedConsent, "person_id", RespectedPerson)


def agreed(model: type[Consent | RespectedConsent], column: str, of: type[Member | RespectedPerson]) -> None:
    """Nobody stands in a register without a consent, made up or not."""
    text = AGREED.format(table=model._meta.db_table, of=column, rows=of._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(text, [consent.current().version, account().pk])


@transaction.atomic
def make_trainings(plan: Plan) -> None:
    sync_training_topics()
    patterns = [
        Training(place=f"{place} {MARK}", given_by="Công an tỉnh") for place in ("Nhà văn hóa", "Hội trường xã")
    ]
    own = {"held_on": records.day_told(plan), "attendance": "8 + (chance >> 8) % 40"}
    count = records.of_years(plan, TRAININGS_A_YEAR)
    records.multiply(patterns, count, plan, purpose="trainings", day="held_on", own=own)
    records.link(Training, "topics", list(TrainingTopic.objects.values_list("pk", flat=True)))


steps.REGISTERS.append(simulated)
