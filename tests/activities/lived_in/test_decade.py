"""Ten years of one province, before and after it took another one in."""

from datetime import date

import pytest
from django.http import QueryDict

from luytre.accounts.models import User
from luytre.activities.models import OutreachSession
from luytre.areas.models import Area, Level, Scope
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.exploring import asking
from luytre.reporting.exploring.trend import Trend
from luytre.reporting.models import SavedView
from tests.loaded import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("sample")]
REFORM = date(2025, 7, 1)


def former(code: str):
    return OutreachSession.objects.filter(area__path__startswith=f"0.{code}.", held_on__lt=REFORM)


def test_both_former_provinces_have_meetings_in_every_year():
    for code in ("70", "75"):
        years = former(code).values_list("held_on__year", flat=True).distinct()
        assert set(years) == set(range(2016, 2026))


def test_the_line_of_today_s_province_is_that_of_both_and_the_other_that_of_one():
    view = SavedView.objects.get(page=SavedView.Page.TREND)
    line = Trend(asking.ask(QueryDict(view.query), scope=Scope(("0.",), TODAY), today=TODAY), TODAY)
    at = line.names.index("2020")
    window = line.windows[at]
    own, other = (former(code).held_in(window.first_day, window.end).group().count() for code in ("75", "70"))
    assert (line.now[at].value, line.of_the_day[at].value) == (own + other, own)
    assert REFORM in [one.on for one in line.happenings if one.is_territory]


def test_the_known_figures_of_another_province_are_as_they_were():
    dien_bien = Area.objects.find("11", on=date(2022, 8, 21), level=Level.PROVINCE)
    eight_months = Window(date(2022, 1, 1), date(2022, 8, 21))
    assert rollup.total(dien_bien, "outreach_sessions", eight_months).value == 2135
    assert rollup.total(dien_bien, "outreach_attendances", eight_months).value == 138_583


def test_views_are_kept_for_the_desks():
    seen = SavedView.objects.readable(User.objects.get(username="lanhdaoxa"), on=TODAY)
    assert [view.owner.username for view in seen] == ["canboxa"]
