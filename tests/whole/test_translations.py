"""Every word of the screen has its Vietnamese, and no entry is left over."""

from luytre.running import translations


def test_all_words_have_their_vietnamese() -> None:
    assert list(translations.faults()) == []
