"""A typed figure opens to the returns that it is added up from."""

from datetime import date

import pytest
import time_machine

from luytre.accounts.roles import Role
from luytre.common import periods
from luytre.reporting import catalogue, rollup
from luytre.reporting.exploring import history, said
from luytre.reporting.models import ReturnForm
from luytre.reporting.questions import Question
from luytre.reporting.returns import declaring
from luytre.reporting.returns.paper import Errand
from tests.factories import commune, province, user
from tests.reporting.returns.conftest import NOVEMBER, moment
from tests.reporting.returns.factories import sent

pytestmark = [pytest.mark.django_db]
OCTOBER = periods.month(2026, 10)
TIPS, OVERDUE = "crime_tips_received", "crime_sources_overdue"


@pytest.fixture
def officer(db):
    declaring.sync()
    return user(Role.COMMUNE_OFFICER, area=commune("Mường Phăng", parent=province(), code="03325"))


@pytest.fixture
def two_months(officer):
    """A flow and a stock, in October and in November."""
    errand = Errand(ReturnForm.objects.get(code="commune-month"), officer.assignments.get().area, NOVEMBER)
    october = Errand(errand.form, errand.area, OCTOBER)
    sent(october, officer, moment(2026, 10, 16), **{TIPS: "30", OVERDUE: "7"})
    sent(errand, officer, moment(2026, 11, 16), **{TIPS: "12", OVERDUE: "3"})
    return errand


def question(errand, window):
    return Question(errand.area, window, window.last_day)


@pytest.mark.parametrize("window", [OCTOBER, NOVEMBER, periods.quarter(2026, 4), periods.whole_year(2026)])
@pytest.mark.parametrize("code", [TIPS, OVERDUE])
def test_the_numbers_of_the_returns_give_the_figure(two_months, window, code):
    """Flows add; of a stock the last return counts."""
    found = said.of(catalogue.get(code), question(two_months, window))
    assert sum(one.quantity.value for one in found) == rollup.total(two_months.area, code, window).value
    assert len(found) == (1 if code == OVERDUE or window in (OCTOBER, NOVEMBER) else 2)


def test_the_page_leads_to_each_return(client, two_months, officer):
    client.force_login(officer)
    with time_machine.travel("2026-11-20T09:00:00+07:00", tick=False):
        page = client.get(f"/figures/{TIPS}/records/?area=03325&period=2026-Q4").content.decode()
    assert "/returns/commune-month/03325/2026-10/" in page
    assert "/returns/commune-month/03325/2026-11/" in page
    assert "<strong>42</strong>" in page


def test_a_month_without_a_return_is_no_nought_in_the_past_of_a_place(two_months):
    september = periods.month(2026, 9)
    line = history.lines(two_months.area, [TIPS], [september, OCTOBER, NOVEMBER], day=date(2026, 11, 14))
    assert line == {TIPS: [None, 30, 12]}
