"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.common.numbers import Qualifier
from luytre.reporting.returns import numbers
from luytre.reporting.returns.numbers import Amount, Negative, NotANumber, NotWhole, TooFine, TooLarge


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("0", 0),
        ("12", 1200),
        (" 12 ", 1200),
        ("1.234", 123_400),
        ("1 234 567", 123_456_700),
        ("138.583", 13_858_300),
        ("1234", 123_400),
        ("007", 700),
        ("10000000000000", 10**15),
        ("12,0", 1200),
    ],
)
def test_thousands_are_parted_by_dots_or_spaces(text, hundredths):
    assert numbers.parse(text) == Amount(hundredths)


@pytest.mark.parametrize(("text", "hundredths"), [("12,5", 1250), ("12.5", 1250), ("0,25", 25), ("1.234,50", 123_450)])
def test_kilograms_and_kilometres_have_two_digits_after_the_comma(text, hundredths):
    assert numbers.parse(text, unit="kg") == Amount(hundredths)
    assert numbers.parse(text, unit="km") == Amount(hundredths)


def test_an_empty_cell_is_not_nought():
    assert numbers.parse("  ") is None
    assert numbers.parse("0") == Amount(0)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("gần 16.000", Qualifier.NEARLY),
        ("Khoảng 16000", Qualifier.ABOUT),
        ("~16000", Qualifier.ABOUT),
        ("trên 16.000", Qualifier.MORE_THAN),
        ("hơn 16 000", Qualifier.MORE_THAN),
        ("more than 16000", Qualifier.MORE_THAN),
    ],
)
def test_a_word_before_the_number_says_how_exact_it_is(text, qualifier):
    assert numbers.parse(text) == Amount(1_600_000, qualifier)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("mười hai", NotANumber),
        ("NaN", NotANumber),
        ("inf", NotANumber),
        ("1e5", NotANumber),
        ("10^18", NotANumber),
        ("=1+1", NotANumber),
        ("12 người", NotANumber),
        ("1.23.4", NotANumber),
        ("--5", NotANumber),
        ("0x10", NotANumber),
        ("-5", Negative),
        ("−5", Negative),
        ("gần -5", Negative),
        ("1000000000000000000", TooLarge),
        ("10000000000001", TooLarge),
        ("1,234", TooFine),
        ("0,125", TooFine),
        ("2,5", NotWhole),
    ],
)
def test_what_is_no_amount_says_what_to_mend(text, problem):
    with pytest.raises(problem) as raised:
        numbers.parse(text)
    assert type(raised.value) is problem
    assert str(raised.value.words)


@given(st.integers(min_value=0, max_value=10**15))
def test_what_a_cell_shows_is_read_back_as_the_same(hundredths: int) -> None:
    assert numbers.parse(numbers.plain(hundredths), unit="kg") == Amount(hundredths)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        found = numbers.parse(text)
    except NotANumber:
        return
    assert found is None or 0 <= found.hundredths <= 10**15
