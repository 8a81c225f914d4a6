"""Special reports: asked once, for what nobody knows yet."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.models import ReturnForm
from luytre.reporting.returns import owing, spans, special
from luytre.reporting.returns.completeness import Overview
from luytre.reporting.returns.paper import Errand
from luytre.reporting.returns.special import CannotAsk, NothingToType, Wish
from tests.factories import user
from tests.reporting.returns.conftest import moment
from tests.reporting.returns.factories import sent

DAYS = Window(date(2026, 3, 1), date(2026, 3, 20))


@pytest.fixture
def desk(unit):
    return user(Role.PROVINCE_DESK, area=unit.parent)


def wish(unit, *codes, level="commune"):
    return Wish("Đợt cao điểm tháng 3", unit.parent, level, DAYS, codes)


def test_units_below_owe_it_once_and_its_numbers_count(forms, unit, desk, officer):
    form = special.make(wish(unit, "firearms_seized"), by=desk)
    assert (form.codes, form.every) == (["firearms_seized"], "once")
    [owed] = [one for one in owing.of_units([unit], today=date(2026, 3, 22)) if one.form == form]
    assert owed.window == spans.own(form) == DAYS
    sent(Errand(form, unit, DAYS), officer, moment(2026, 3, 21), firearms_seized="2")
    assert rollup.total(unit.parent, "firearms_seized", DAYS).value == 2
    assert Overview(unit.parent, form, DAYS, date(2026, 3, 22)).total.sent == 1


def test_what_is_known_is_shown_and_not_asked(forms, unit, desk):
    form = special.make(wish(unit, "outreach_sessions", "crime_tips_received", "firearms_seized"), by=desk)
    assert form.codes == ["firearms_seized"]
    assert form.register_codes == ["outreach_sessions", "crime_tips_received"]


def test_nobody_is_asked_for_what_is_all_known(forms, unit, desk):
    with pytest.raises(NothingToType):
        special.make(wish(unit, "outreach_sessions", "crime_tips_received"), by=desk)


@pytest.mark.parametrize(
    "code", ["ex_prisoners_managed", "wanted_persons_caught", "complex_spots", "hotspots_selected", "patrols_conducted"]
)
def test_totals_about_people_stocks_and_other_levels_are_refused(forms, unit, desk, code):
    with pytest.raises((CannotAsk, NothingToType)):
        special.make(wish(unit, code), by=desk)
    assert not ReturnForm.objects.filter(every="once").exists()


def test_the_page_asks_and_the_units_find_it(forms, client, unit, desk, officer):
    client.force_login(desk)
    last = timezone.localdate() - timedelta(days=3)
    asked = {
        "name": "Đợt cao điểm",
        "area": unit.parent.pk,
        "level": "commune",
        "due_days": "9",
        "codes": ["firearms_seized"],
    }
    days = {"first_day": f"{last - timedelta(days=10):%Y-%m-%d}", "last_day": f"{last:%Y-%m-%d}"}
    answer = client.post("/returns/special/new/", asked | days)
    assert answer.status_code == 302
    assert "Đợt cao điểm" in client.get(answer.url).content.decode()
    client.force_login(officer)
    assert "Đợt cao điểm" in client.get("/returns/").content.decode()


def test_the_page_says_what_cannot_be_asked(forms, client, unit, desk):
    client.force_login(desk)
    asked = {
        "name": "Đợt cao điểm",
        "area": unit.parent.pk,
        "level": "province",
        "due_days": "5",
        "codes": ["firearms_seized"],
    }
    answer = client.post("/returns/special/new/", {**asked, "first_day": "2026-10-20", "last_day": "2026-10-01"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"level", "last_day"}
