"""What the sample has of pledges, hand-ins, offers and skilful mobilisation, counted by hand and by the roll-up."""

from datetime import date

import pytest

from luytre.activities.models import HandIn, HandOver, PledgeCampaign, SupportOffer
from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.registry.models import SkilfulWork
from luytre.reporting import rollup
from tests.loaded import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("sample")]

EIGHT_MONTHS = Window(date(2022, 1, 1), date(2022, 8, 21))
YEAR = Window(date(2025, 12, 15), TODAY)


def total(code: str, window: Window):
    province = Area.objects.find("11", on=window.last_day, level=Level.PROVINCE)
    return rollup.total(province, code, window).value


def test_155_skilful_mobilisation_models_come_out_of_the_register():
    assert SkilfulWork.objects.kept_up_on(EIGHT_MONTHS.last_day).count() == 155
    assert total("dan_van_kheo_models", EIGHT_MONTHS) == 155
    assert total("dan_van_kheo_models", YEAR) == 164


def test_every_register_has_something_to_show():
    assert PledgeCampaign.objects.open_on(TODAY).filter(is_digital=True).count() == 2
    assert HandIn.objects.waiting().exists()
    assert {one.is_settled for one in HandOver.objects.all()} == {True, False}
    assert SupportOffer.objects.open_on(TODAY).count() == 6


def test_the_new_registers_yield_their_figures():
    for code in ("pledges_signed", "pledges_households", "pledges_businesses", "reintegration_jobs_created"):
        assert total(code, YEAR) > 0, code
    weighed = sum(
        total(code, YEAR) for code in ("firearms_collected", "crude_weapons_collected", "ammunition_collected")
    )
    assert weighed > 0
