"""What is found in a filled form, in words that name the cell and the mend."""

from datetime import date

import pytest

from luytre.areas.models import Area
from luytre.common import periods
from luytre.reporting.models import ReturnForm
from luytre.reporting.returns import checking, declaring
from luytre.reporting.returns.checking import ERROR, MISSING, WARNING, WHOLE, Beside, Checked, Filled
from luytre.reporting.returns.history import History, Told

MONTH = next(form for form in declaring.declared() if form.code == "commune-month")
YEAR = next(form for form in declaring.declared() if form.code == "commune-year")
WINDOW = periods.month(2026, 11)


def past(code: str, amounts: list[int]) -> History:
    windows = periods.months_back(date(2026, 10, 10), len(amounts))
    told = {
        (window.first_day, window.last_day): Told({code: amount * 100})
        for window, amount in zip(windows, amounts, strict=True)
    }
    return History(WINDOW, told)


def check(form: ReturnForm = MONTH, comments: dict[str, str] | None = None, **typed: str) -> Checked:
    return against(History(WINDOW), form, comments=comments, **typed)


def against(
    history: History,
    form: ReturnForm = MONTH,
    *,
    comments: dict[str, str] | None = None,
    registers=None,
    opened=None,
    **typed: str,
) -> Checked:
    filled = Filled({**dict.fromkeys(form.codes, "0"), **typed}, comments=comments or {})
    area = Area(code="1", level="commune", kind="rural_commune", name="Thử")
    return checking.check(form, filled, Beside(area, WINDOW, history, registers or {}, opened))


def said(found: Checked) -> list[tuple[str, str]]:
    return [(one.code, one.kind) for one in found.findings]


def test_noughts_need_no_word():
    assert said(check()) == []
    assert check().may_pass


def test_a_part_is_not_more_than_its_whole():
    found = check(crime_tips_received="10", crime_tips_valuable="12")
    assert said(found) == [("crime_tips_valuable", WARNING)]
    [one] = found.findings
    assert "12" in one.words
    assert "10" in one.words
    assert said(check(crime_tips_received="12", crime_tips_valuable="12")) == []


def test_parts_add_up_to_their_whole():
    whole = {"safe_standard_registrations_organization": "6"}
    parts = dict.fromkeys(
        [
            "safe_standard_registrations_agency",
            "safe_standard_registrations_enterprise",
            "safe_standard_registrations_school",
        ],
        "2",
    )
    assert said(check(YEAR, **whole, **parts)) == []
    parts["safe_standard_registrations_agency"] = "3"
    assert said(check(YEAR, **whole, **parts)) == [("safe_standard_registrations_organization", WARNING)]


def test_a_number_that_needs_another_one_asks_for_it():
    def reached(posts: int) -> Checked:
        return against(History(WINDOW), registers={"outreach_social_posts": posts}, outreach_reach="900")

    assert said(reached(0)) == [("outreach_reach", WARNING)]
    assert said(reached(100)) == []


def test_rules_hold_typed_numbers_against_registers_too():
    found = against(
        History(WINDOW),
        YEAR,
        registers={"residential_areas_total": 2600},
        safe_standard_registrations_residential_area="27",
    )
    assert said(found) == [("safe_standard_registrations_residential_area", WARNING)]


def test_a_warning_passes_with_a_comment_at_the_cell_or_on_the_whole():
    typed = {"crime_tips_received": "10", "crime_tips_valuable": "12"}
    assert not check(**typed).may_pass
    assert check(comments={"crime_tips_valuable": "tin của tháng trước"}, **typed).may_pass
    assert check(comments={WHOLE: "tin của tháng trước"}, **typed).may_pass
    assert not check(comments={WHOLE: "  "}, **typed).may_pass
    assert not check(comments={"crime_tips_received": "khác"}, **typed).may_pass


def test_an_error_does_not_pass_with_a_comment():
    found = check(comments={WHOLE: "đúng mà"}, traffic_accidents="ba")
    assert [one.kind for one in found.findings] == [ERROR]
    assert not found.may_pass


def test_an_empty_cell_is_missing_unless_a_stock_was_told_before():
    assert said(check(traffic_accidents="")) == [("traffic_accidents", MISSING)]
    assert said(check(crime_sources_overdue="")) == [("crime_sources_overdue", MISSING)]
    assert said(against(past("crime_sources_overdue", [3]), crime_sources_overdue="")) == []


def test_a_number_far_from_the_usual_is_asked_about():
    usual = past("traffic_accidents", [40, 42, 38, 41, 39, 40, 43, 40])
    found = against(usual, traffic_accidents="240")
    assert said(found) == [("traffic_accidents", WARNING)]
    assert "240" in found.findings[0].words
    assert said(against(usual, traffic_accidents="44")) == []


def test_too_short_a_past_says_nothing():
    assert said(against(past("traffic_accidents", [40, 42]), traffic_accidents="240")) == []


def test_a_stock_that_vanished_is_asked_about():
    assert said(against(past("crime_sources_overdue", [3]), crime_sources_overdue="0")) == [
        ("crime_sources_overdue", WARNING)
    ]


@pytest.mark.parametrize(
    ("opened", "expected"), [({"models_new": 100}, []), ({"models_new": 0}, [("models_new", ERROR)]), (None, [])]
)
def test_a_register_that_changed_since_the_page_was_opened_is_told_once(opened, expected):
    assert said(against(History(WINDOW), registers={"models_new": 100}, opened=opened)) == expected
