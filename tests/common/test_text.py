"""Search without marks and dictionary order."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.common.text import clean, fold, sort_key

LETTERS = "aàảãáạăằâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ 0123456789"


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Mường Phăng", "muong phang"), ("ĐIỆN BIÊN", "dien bien"), ("Ẳ Ậ Ộ Ợ Ự ỵ ẵ", "a a o o u y a")],
)
def test_folding_takes_every_mark_away(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(LETTERS, max_size=30))
def test_folding_does_not_mind_how_a_mark_is_coded(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(st.text(LETTERS, max_size=30))
def test_folding_and_cleaning_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)


def test_letters_come_before_tones_and_numbers_by_their_size() -> None:
    words = ["Tổ 10", "Tổ 2", "đá", "da", "dạ", "dê", "âm", "ăn", "an"]
    assert sorted(words, key=sort_key) == ["an", "ăn", "âm", "da", "dạ", "dê", "đá", "Tổ 2", "Tổ 10"]
