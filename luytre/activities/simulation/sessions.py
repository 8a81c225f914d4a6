"""The made-up nation's outreach sessions, month by month since the reform."""

from collections.abc import Iterator
from functools import partial

from django.db import connection, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from luytre.activities.catalogue import sync_topics
from luytre.activities.models import Audience, Form, OutreachSession, Setting, Topic
from luytre.common.periods import Window
from luytre.reporting.simulation import records, steps
from luytre.reporting.simulation.plan import MARK, Plan
from luytre.reporting.simulation.steps import Step

A_YEAR = 215_000
PLACES = ["Nhà văn hóa", "Nhà sinh hoạt cộng đồng", "Sân nhà văn hóa", "Trung tâm học tập cộng đồng"]
AUDIENCES = [Audience.RESIDENTS, Audience.RESIDENTS, Audience.MIXED, Audience.PUPILS, Audience.LODGERS]
TOPICS = """
INSERT INTO activities_outreachsession_topics (outreachsession_id, topic_id)
SELECT id, (%s::bigint[])[1 + id %% %s] FROM activities_outreachsession WHERE held_on BETWEEN %s AND %s
"""


def simulated(plan: Plan) -> Iterator[Step]:
    for window in plan.present:
        name = format_lazy("{words} {day}", words=_("outreach sessions up to"), day=f"{window.last_day:%d/%m/%Y}")
        yield Step(name, partial(are_there, window), partial(make, plan, window))


def are_there(window: Window) -> bool:
    return OutreachSession.objects.filter(held_on__range=(window.first_day, window.last_day)).exists()


@transaction.atomic
def make(plan: Plan, window: Window) -> None:
    own = {
        "held_on": f"'{window.first_day}'::date + (chance >> 5)::int % {window.days}",
        "attendance": "12 + (chance >> 8) % 110",
        "attendance_qualifier": "CASE WHEN (chance >> 4) % 12 = 0 THEN 'about' ELSE 'exact' END",
    }
    count = records.share(plan, A_YEAR // 12)
    records.multiply(patterns(), count, plan, purpose=f"sessions {window.last_day}", day="held_on", own=own)
    give_topics(window)


def patterns() -> list[OutreachSession]:
    """Mostly meetings, some talks at home, a few rounds with a loudspeaker."""
    meetings = [
        OutreachSession(place=f"{place} {MARK}", audience=audience, form=form, led_by="Công an cấp xã")
        for place in PLACES
        for audience in AUDIENCES
        for form in (Form.TALK, Form.TALK, Form.FILM)
    ]
    visits = [
        OutreachSession(place=f"Tại nhà {MARK}", setting=Setting.INDIVIDUAL, form=Form.VISIT) for _each in range(10)
    ]
    rounds = [
        OutreachSession(place=f"Khu vực chợ {MARK}", setting=Setting.MOBILE, form=Form.BROADCAST) for _each in range(8)
    ]
    return [*meetings, *visits, *rounds]


def give_topics(window: Window) -> None:
    sync_topics()
    topics = list(Topic.objects.order_by("code").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(TOPICS, [topics, len(topics), window.first_day, window.last_day])


steps.REGISTERS.append(simulated)
