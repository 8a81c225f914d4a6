"""R7: complaints, tips and bad answers lower no score, rank or award: no figure that a place is measured by moves."""

import pytest

from luytre.common.periods import month_of
from luytre.reporting import catalogue, indicators, rollup
from luytre.reporting.exploring import comparing
from luytre.tips import complaints, intake
from luytre.tips.hours import on_the_hour
from luytre.tips.models import DeskKind, Settled
from tests import factories as places
from tests.tips import factories

pytestmark = pytest.mark.django_db


def measured(area) -> dict[str, object]:
    """Every register's figure that may be put in order or have a target."""
    reading = rollup.read(area, month_of(on_the_hour().date()))
    codes = [code for code in indicators.INDICATORS if comparing.refusal(catalogue.get(code)) is None]
    assert codes
    return {code: reading.figure(code).whole for code in codes}


def test_whatever_people_report_or_complain_about_leaves_every_measured_figure_as_it_was():
    above = factories.desk(places.province(), kind=DeskKind.PROVINCE)
    desk = factories.desk(sends_to=above)
    before = measured(desk.area)
    for _each in range(3):
        tip = factories.tip(desk)
        complaints.complain(tip)
        intake.say_settled(tip, Settled.NO)
    assert measured(desk.area) == before


def test_no_figure_of_the_tip_line_can_be_ranked_mapped_or_have_a_target():
    ours = [one for code, one in catalogue.definitions().items() if code.startswith("tip_line_")]
    assert len(ours) == 20
    for one in ours:
        assert not one.is_target_allowed
        assert comparing.refusal(one) is not None
        with pytest.raises(comparing.NeverRanked):
            comparing.allow_map(one)
