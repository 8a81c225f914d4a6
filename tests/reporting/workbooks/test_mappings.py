"""An office's own layout: what its names mean, and what is read from it."""

import pytest

from luytre.accounts.roles import Role
from luytre.reporting import catalogue
from luytre.reporting.models import LineState, Return, WorkbookMapping
from luytre.reporting.workbooks import mappings
from luytre.reporting.workbooks.mappings import ACROSS, Rule
from tests.factories import commune, user
from tests.reporting.returns import factories as returns
from tests.reporting.returns.conftest import NOVEMBER, SENT_AT
from tests.reporting.workbooks.factories import brought, only_line, sent, table


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def names(form):
    return [catalogue.get(code).vi_name for code in form.codes]


def test_names_without_marks_or_with_numbers_before_them_are_known_again(forms):
    form = forms["commune-month"]
    texts = [f"{n}. {name.upper()}" for n, name in enumerate(names(form), 1)]
    proposed = mappings.proposals(texts, form.codes)
    assert [proposed[mappings.label(text)] for text in texts] == form.codes


def test_words_that_mean_nothing_are_not_proposed(forms):
    assert mappings.proposals(["Người lập biểu", "Nơi nhận", "Tổng cộng"], forms["commune-month"].codes) == {}


def test_no_indicator_is_proposed_twice(forms):
    form = forms["commune-month"]
    proposed = mappings.proposals([*names(form), *(f"{name} khác" for name in names(form))], form.codes)
    assert len(set(proposed.values())) == len(proposed)


@pytest.mark.parametrize("text", ["Tháng 11/2026", "Kỳ báo cáo: tháng 11 năm 2026", "2026-11", "THANG 11 NAM 2026"])
def test_a_month_is_read_as_offices_write_it(forms, text):
    assert mappings.period(text, forms["commune-month"]) == NOVEMBER


def test_a_quarter_with_its_roman_number_is_read(forms):
    found = mappings.period("Quý III năm 2026", forms["commune-quarter"])
    assert (found.first_day.isoformat(), found.last_day.isoformat()) == ("2026-06-15", "2026-09-14")


@pytest.mark.parametrize("text", ["", "tháng 13/2026", "hôm nay", "2026"])
def test_what_is_no_month_is_none(forms, text):
    assert mappings.period(text, forms["commune-month"]) is None


def down(form, unit, month="Tháng 11/2026", **numbers):
    rows = [["Đơn vị:", f"UBND {unit.full_name}"], ["Kỳ", month], [], ["TT", "Chỉ tiêu", "Số"]]
    return table(
        [*rows, *([n, catalogue.get(code).vi_name, numbers.get(code, 0)] for n, code in enumerate(form.codes, 1))]
    )


def rule(form, **more):
    codes = {mappings.label(catalogue.get(code).vi_name): code for code in form.codes}
    return {"names": "B", "values": "C", "unit": "B1", "period": "B2", "codes": codes, **more}


def kept(errand, officer, **more):
    one = WorkbookMapping(area=errand.area, form_code=errand.form.code, name="Biểu cũ", rule=rule(errand.form, **more))
    return one.keep(by=officer, at=SENT_AT)


def test_a_kept_reading_is_used_by_itself(errand, officer):
    kept(errand, officer)
    one = brought(down(errand.form, errand.area, crime_tips_received=12), errand.area, officer, SENT_AT)
    assert only_line(one).state == LineState.GOOD
    sent(one, officer, SENT_AT)
    report = Return.objects.get()
    assert (report.area, report.last_day) == (errand.area, NOVEMBER.last_day)
    assert report.amounts["crime_tips_received"] == 1200


def test_another_layout_is_not_read_through_it(errand, officer):
    kept(errand, officer)
    other = table([["Tên", "Năm sinh"], ["Lò Văn A", 1980]])
    assert only_line(brought(other, errand.area, officer, SENT_AT)).state == LineState.REFUSED


@pytest.mark.parametrize(
    ("place", "month"), [("xã Không Có", "Tháng 11/2026"), ("", "Tháng 11/2026"), (None, "bao giờ")]
)
def test_an_unknown_unit_or_period_names_its_cell(errand, officer, place, month):
    kept(errand, officer)
    rows = [["Đơn vị:", errand.area.code if place is None else place], ["Kỳ", month], [], ["TT", "Chỉ tiêu", "Số"]]
    content = table([*rows, *([n, name, 0] for n, name in enumerate(names(errand.form), 1))])
    line = only_line(brought(content, errand.area, officer, SENT_AT))
    assert line.state == LineState.REFUSED
    assert line.findings[0][0] == ("B2" if place is None else "B1")


def test_units_below_each_other_are_a_return_each(errand):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    other = commune("Nà Nhạn", parent=errand.area.parent)
    across = rule(errand.form, names="2", values="", unit="A", period="2026-11", direction=ACROSS)
    mapping = WorkbookMapping(area=errand.area.parent, form_code=errand.form.code, name="Tổng hợp", rule=across)
    mapping.keep(by=desk, at=SENT_AT)
    zeros = [0] * len(errand.form.codes)
    rows = [["BIỂU TỔNG HỢP"], ["Đơn vị", *names(errand.form)], [errand.area.full_name, *zeros], [other.code, *zeros]]
    one = brought(table([*rows, ["Tổng cộng", *zeros]]), errand.area.parent, desk, SENT_AT)
    assert {line.area: line.state for line in one.lines.exclude(area=None)} == {
        errand.area: LineState.GOOD,
        other: LineState.GOOD,
    }
    assert one.lines.get(area=None).state == LineState.REFUSED


def test_what_the_layout_does_not_speak_of_stays_as_it_was_sent(errand, officer):
    returns.sent(errand, officer, SENT_AT, fires_and_explosions="4", crime_tips_received="gần 300")
    code = "awards_ad_hoc"
    kept(errand, officer, codes={mappings.label(catalogue.get(code).vi_name): code})
    content = down(errand.form, errand.area, awards_ad_hoc=8)
    sent(brought(content, errand.area, officer, SENT_AT), officer, SENT_AT)
    report = Return.objects.get()
    assert [report.amounts[one] for one in (code, "fires_and_explosions", "crime_tips_received")] == [800, 400, 300_00]
    assert report.qualifiers == {"crime_tips_received": "nearly"}


def test_rules_are_kept_whole():
    one = Rule(names="B", values="D", codes={"a": "b"})
    assert mappings.rule_of(one.as_json()) == one
