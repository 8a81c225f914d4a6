"""Numbers of the tip line add up, and what is published of them gives no small number away (R14)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luytre.common.periods import Window
from luytre.reporting import publishing, rollup
from luytre.reporting.models import Release
from luytre.tips import acts, clock
from luytre.tips.hours import on_the_hour
from luytre.tips.models import Class, DeskKind, Matter, Outcome, Settled, Tip, Urgency
from tests import factories as places
from tests.tips import factories

pytestmark = pytest.mark.django_db


def this_month() -> Window:
    today = timezone.localdate()
    return Window(today - timedelta(days=20), today)


def figure(area, code: str):
    return rollup.read(area, this_month()).figure(f"tip_line_{code}").whole.value


def test_each_number_counts_what_it_says():
    desk = factories.desk(places.province(), kind=DeskKind.PROVINCE)
    officer = factories.officer(desk)
    crime = {"classed": Class.CRIME, "matter": Matter.THEFT, "urgency": Urgency.USUAL}
    solved = factories.tip(desk, is_named=True)
    acts.classify(solved, by=officer, **crime)
    acts.begin_checking(solved, by=officer)
    acts.conclude(solved, by=officer, outcome=Outcome.PROSECUTED, is_valuable=True, case_count=2, person_count=3)
    acts.notify(solved, by=officer)
    spam = factories.tip(desk)
    acts.classify(spam, by=officer, **{**crime, "classed": Class.SPAM})
    late = factories.tip(desk, received_at=factories.ago(hours=60))
    clock.mark_breaches(now=timezone.now())
    Tip.objects.filter(pk=solved.pk).update(settled=Settled.PARTLY)
    said = {
        "received": 2,
        "anonymous": 1,
        "classified_on_time": 2,
        "overdue": 1,
        "reporter_notified": 1,
        "valuable": 1,
        "cases_opened": 2,
        "administrative_cases": 0,
        "persons_in_cases": 3,
        "persons_fined": 0,
        "answered_in_week": 1,
        "unanswered": 1,
        "partly_settled": 1,
        "not_said": 1,
    }
    assert {code: figure(desk.area, code) for code in said} == said
    assert late.pk


def test_forwarding_in_time_is_counted_apart_from_forwarding_late():
    desk, above = factories.desk(), factories.desk(places.province(), kind=DeskKind.PROVINCE)
    officer = factories.officer(desk)
    urgent = {"classed": Class.CRIME, "matter": Matter.THEFT, "urgency": Urgency.AT_ONCE}
    for hours in (2, 40):
        tip = factories.tip(desk, received_at=factories.ago(hours=hours))
        acts.classify(tip, by=officer, **urgent)
        acts.transfer(tip, by=officer, to_desk=above, wrapping=factories.NOISE, keeps_own=False, basis="form 03")
    assert figure(desk.area, "forwarded_on_time") == 1


PUBLIC = ["received", "answered_in_week", "answered_in_month", "answered_later", "unanswered"]
PUBLIC += ["settled", "partly_settled", "not_settled", "not_said"]


def test_no_sum_of_what_is_published_tells_a_small_number():
    """Every way of dividing is given away to the attacker, who subtracts whatever can be subtracted."""
    nation = places.nation()
    rows = []
    for code, settled in (("91", [Settled.YES] * 9 + [""] * 8), ("92", [Settled.NO] * 2 + [""] * 12), ("93", [""] * 7)):
        desk = factories.desk(places.province(code, f"Tỉnh {code}"), kind=DeskKind.PROVINCE)
        rows += [
            Tip(area=desk.area, desk=desk, channel="web", received_at=on_the_hour(), settled=one) for one in settled
        ]
    Tip.objects.bulk_create(rows)
    codes = [f"tip_line_{code}" for code in PUBLIC]
    table = publishing.Table(nation, this_month(), codes)
    shown = {key for key in table.cells if key not in table.hidden}
    small = {key for key, (_area, cell) in table.cells.items() if (cell.value or 0) < 5}
    assert not shown & small
    equations = list(table.equations(codes))
    assert len(equations) > len(codes)
    attack = publishing.Publication(
        {key: cell.value or 0 for key, (_area, cell) in table.cells.items()}, equations, set(), shown, set()
    )
    assert not attack.worked_out(shown) & small
    assert any(value for key in shown if (value := table.cells[key][1].value))


def test_the_public_page_shows_what_two_people_released_and_nothing_else(client):
    nation = places.nation()
    desk = factories.desk(places.province("91", "Tỉnh Một"), kind=DeskKind.PROVINCE)
    Tip.objects.bulk_create(
        Tip(area=desk.area, desk=desk, channel="web", received_at=on_the_hour()) for _each in range(8)
    )
    page = client.get("/tips/figures/")
    assert page.status_code == 200
    assert not page.cookies
    assert "Tỉnh Một" not in page.content.decode()
    window = this_month()
    asking, deciding = places.user("committee", area=nation), places.user("committee", area=nation)
    release = Release(
        area=nation,
        first_day=window.first_day,
        last_day=window.last_day,
        period_name=window.name,
        codes=["tip_line_received", "outreach_sessions"],
        reason="monthly",
    )
    release.ask(by=asking)
    publishing.publish(release, by=deciding, at=timezone.now(), reason="checked")
    shown = client.get("/tips/figures/").content.decode()
    assert "Tỉnh Một" in shown
    assert "8" in shown
    assert "tuyên truyền" not in shown
