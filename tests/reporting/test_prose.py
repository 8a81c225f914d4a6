from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.reporting import prose
from luytre.reporting.prose import Block, FigureOverwritten, Token, UnknownFigure
from tests.reporting import frozen_figures

PICTURE = frozen_figures.frozen([frozen_figures.line("sessions", 1240, 1000), frozen_figures.line("people", 7, 9)])
SENTENCE = Block("s", "paragraph", ("Có ", Token("sessions"), " buổi", Token("sessions", "compared"), "."))
WORDS = st.text(st.characters(blacklist_characters="[]", blacklist_categories=["Cs"]), min_size=1, max_size=20)
PIECES = st.lists(WORDS | st.sampled_from([Token("sessions"), Token("people"), Token("people", "then")]), max_size=8)


def joined(pieces):
    """As they are read back: neighbouring words are one piece."""
    found = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


@given(PIECES)
def test_what_is_shown_in_the_field_is_read_back_unchanged(pieces):
    block = Block("x", "paragraph", tuple(pieces))
    assert prose.read(prose.written(block, PICTURE), block, PICTURE) == joined(pieces)


def test_a_figure_stands_in_brackets_with_what_it_says():
    assert prose.written(SENTENCE, PICTURE) == ("Có [1:1.240] buổi[2:, tăng 240 buổi (24%) so với cùng kỳ năm trước].")


def test_words_may_change_and_figures_may_move_or_go():
    assert prose.read("Tổ chức [1] buổi, xã rất cố gắng", SENTENCE, PICTURE) == (
        "Tổ chức ", Token("sessions"), " buổi, xã rất cố gắng",
    )  # fmt: skip


def test_a_figure_cannot_be_mistyped():
    with pytest.raises(FigureOverwritten) as wrong:
        prose.read("Có [1:1.241] buổi", SENTENCE, PICTURE)
    assert (wrong.value.typed, wrong.value.right) == ("1.241", "1.240")
    with pytest.raises(UnknownFigure):
        prose.read("Có [3] buổi", SENTENCE, PICTURE)
    with pytest.raises(UnknownFigure):
        prose.read("Có [0] buổi", SENTENCE, PICTURE)


def test_a_long_saying_is_cut_in_the_field_only():
    token = Token("x", "heard")
    names = [f"bản {number}" for number in range(11)]
    picture = replace(PICTURE, children=[frozen_figures.Place("1", "a")] * 11, silent=names)
    assert token.label(picture).endswith("…")
    assert "bản 10" in token.said(picture)


def test_numbers_written_by_hand_are_known_as_such():
    edited = prose.rewritten(SENTENCE, ("Có ", Token("sessions"), " buổi và 12 hộ, 3,5 triệu đồng"))
    assert edited.typed_numbers() == ["12", "3,5"]
    assert SENTENCE.typed_numbers() == []


def test_what_was_blank_becomes_a_paragraph_once_written():
    blank = Block("b", "blank", ("do đơn vị viết",))
    assert prose.blanks([blank]) == [blank]
    assert prose.blanks([prose.rewritten(blank, ("Tình hình ổn định.",))]) == []
    assert prose.blanks([replace(blank, is_removed=True)]) == []


def generated(*keys):
    return [Block(key, "paragraph", (key,)) for key in keys]


def test_new_figures_keep_what_people_wrote_removed_and_added():
    old = generated("a", "b", "c")
    old[0] = prose.rewritten(old[0], ("của tôi",))
    old[1] = replace(old[1], is_removed=True)
    own = prose.new_paragraph(("thêm",))
    body = prose.refreshed(prose.put_after(old, "b", own), generated("a", "b", "new", "c"))
    assert [block.key for block in body] == ["a", "b", own.key, "new", "c"]
    assert body[0].pieces == ("của tôi",)
    assert body[1].is_removed


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(old=KEYS, new=KEYS, edited=st.sets(st.sampled_from("abcdefgh")), own=st.lists(st.sampled_from("abcdefgh")))
def test_nothing_that_people_wrote_is_ever_lost(old, new, edited, own):
    body = [prose.rewritten(one, (f"người viết {one.key}",)) if one.key in edited else one for one in generated(*old)]
    for anchor in own:
        if anchor in old:
            body = prose.put_after(body, anchor, prose.new_paragraph(("thêm",)))
    after = prose.refreshed(body, generated(*new))
    keys = [block.key for block in after]
    assert len(keys) == len(set(keys))
    assert {block for block in body if block.is_edited} <= set(after)
    assert set(new) <= set(keys)
    assert {block.key for block in after if not block.is_edited} <= set(new)
