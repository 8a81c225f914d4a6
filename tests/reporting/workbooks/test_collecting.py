"""All returns of a form in one file."""

from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from luytre.accounts.roles import Role
from luytre.reporting.models import ReturnForm
from luytre.reporting.returns.completeness import Overview
from luytre.reporting.returns.paper import Errand
from luytre.reporting.workbooks import collecting, parsing
from luytre.reporting.workbooks.collecting import Collection
from tests.factories import commune, user
from tests.reporting.returns import factories as returns
from tests.reporting.returns.conftest import NOVEMBER, SENT_AT


@pytest.fixture
def collection(errand, officer):
    other = commune("=HYPERLINK(1)", parent=errand.area.parent)
    commune("Chưa Gửi", parent=errand.area.parent)
    returns.sent(errand, officer, SENT_AT, crime_tips_received="gần 300", fires_and_explosions="2")
    clerk = user(Role.COMMUNE_OFFICER, area=other)
    returns.sent(Errand(errand.form, other, NOVEMBER), clerk, SENT_AT, crime_tips_received="7")
    return Collection(Overview(errand.area.parent, errand.form, NOVEMBER, date(2026, 11, 20)))


def rows(path):
    return [[parsing.as_text(cell) for cell in row] for row in read(path)]


def read(path):
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_the_offices_layout_has_every_unit_the_sum_and_the_coverage(collection, tmp_path):
    collecting.write_office(collection, tmp_path / "a.xlsx")
    found = rows(tmp_path / "a.xlsx")
    assert "2" in found[3][0]
    assert "3" in found[3][0]
    column = found[5].index("crime_tips_received")
    assert found[7][column] == "307"
    assert sorted(row[column] for row in found[8:]) == ["", "300", "7"]


def test_tidy_has_one_value_a_row_with_its_qualifier(collection, tmp_path):
    collecting.write_tidy(collection, tmp_path / "a.xlsx")
    head, *found = rows(tmp_path / "a.xlsx")
    lines = [dict(zip(head, row, strict=True)) for row in found]
    assert len(lines) == 2 * len(collection.codes)
    [told] = [one for one in lines if one["indicator"] == "crime_tips_received" and one["value"] == "300"]
    assert (told["qualifier"], told["state"], told["version"]) == ("nearly", "sent", "1")
    assert (told["first_day"], told["last_day"]) == ("2026-10-15", "2026-11-14")


def test_a_name_that_looks_like_a_formula_stays_text(collection, tmp_path):
    collecting.write_tidy(collection, tmp_path / "a.xlsx")
    assert any("=HYPERLINK(1)" in row[1] for row in rows(tmp_path / "a.xlsx"))
    assert b"<f>" not in (tmp_path / "a.xlsx").read_bytes()


def test_every_form_can_be_collected_with_nothing_in_it(forms, errand, tmp_path):
    for form in ReturnForm.objects.filter(level="commune"):
        collecting.write_office(
            Collection(Overview(errand.area.parent, form, NOVEMBER, date(2026, 11, 20))), tmp_path / "a.xlsx"
        )
        assert len(rows(tmp_path / "a.xlsx")) == 9
