"""Reading does not hang on how a text is typed: letters composed or not, lines broken or not, spaces doubled or not."""

import re
import statistics
import textwrap
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luytre.reporting.reading import spans
from luytre.reporting.reading.proposing import Proposal, propose
from tests.reporting.reading.marked import Sample, samples

SOME = list(samples("tuned"))[::6]
LONG = [one for one in SOME if statistics.median(len(line) for line in one.text.split("\n") if line) > 110]


def told(found: list[Proposal]) -> list[tuple[object, ...]]:
    return [(one.value, one.indicator, one.qualifier, one.role, one.first_day, one.last_day) for one in found]


@pytest.mark.parametrize("each", SOME, ids=lambda one: one.name)
def test_offsets_point_at_the_span_and_the_sentence_holds_it(each: Sample) -> None:
    for one in each.read(with_targets=True):
        assert each.text[one.start : one.end] == one.span
        assert one.span in one.sentence
        assert one.sentence in each.text


@pytest.mark.parametrize("form", ["NFD", "NFC"])
@pytest.mark.parametrize("each", SOME, ids=lambda one: one.name)
def test_letters_composed_or_not(each: Sample, form: str) -> None:
    typed = unicodedata.normalize(form, each.text)  # type: ignore[arg-type]
    found = propose(typed, reported_on=each.reported_on)
    assert told(found) == told(propose(each.text, reported_on=each.reported_on))
    assert all(typed[one.start : one.end] == one.span for one in found)


@pytest.mark.parametrize("each", LONG, ids=lambda one: one.name)
def test_lines_broken_and_spaces_doubled(each: Sample) -> None:
    kept = re.sub(r" (?=[-–] |\d{1,2}[.)] )", "\u00a0", each.text)  # no line begins as an item does
    lines = kept.split("\n")
    lines = [textwrap.fill(line, 78, break_on_hyphens=False) if len(line) > 78 else line for line in lines]
    wrapped = "\n".join(lines)
    spaced = each.text.replace(" ", "  \u00a0")
    plain = told(propose(each.text, reported_on=each.reported_on))
    assert told(propose(spaced, reported_on=each.reported_on)) == plain
    assert told(propose(wrapped, reported_on=each.reported_on)) == plain


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("0123456789.,/%-() \n\u0301\u200b“”:;aAăâđĐôơưtn ổmôhìnhvụtinngười"), max_size=300)
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for one in propose(text):
        assert text[one.start : one.end] == one.span


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_every_letter_as_read_points_into_the_text_as_it_came(text: str) -> None:
    source = spans.read(text)
    assert len(source.places) == len(source.text) + 1
    assert list(source.places) == sorted(source.places)
    assert all(0 <= place <= len(text) for place in source.places)
