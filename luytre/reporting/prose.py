"""The paragraphs of a report: words of people, and figures that stand in them as tokens nobody can mistype."""

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from luytre.reporting import phrases
from luytre.reporting.frozen import Frozen

Shows = Literal["now", "then", "compared", "moved", "most", "until", "span", "heard"]
OF_WINDOW = {"until": phrases.until, "span": phrases.span, "heard": phrases.heard}
TYPED = re.compile(r"\[(?P<number>\d{1,3})(?::(?P<shown>[^\[\]]*))?\]")
NO_BRACKETS = str.maketrans("[]", "()")
LONGEST_LABEL = 48
DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class Token:
    """A figure, or what is said of one, taken from the frozen figures each time it is shown."""

    figure: str = ""
    shows: Shows = "now"
    unit: str = ""

    def said(self, frozen: Frozen) -> str:
        if self.shows in OF_WINDOW:
            return OF_WINDOW[self.shows](frozen)
        line = frozen.lines.get(self.figure)
        if line is None:
            return "–"
        match self.shows:
            case "then":
                return str(line.then)
            case "compared":
                return phrases.compared(line, self.unit)
            case "moved":
                return phrases.moved(line, self.unit or line.unit)
            case "most":
                return phrases.most(line, frozen, self.unit)
        return str(line.now)

    def label(self, frozen: Frozen) -> str:
        """What it says, short enough to stand in a field among words."""
        said = " ".join(self.said(frozen).split()).translate(NO_BRACKETS)
        return said if len(said) <= LONGEST_LABEL else f"{said[: LONGEST_LABEL - 1]}…"


Piece = str | Token
Kind = Literal["heading", "paragraph", "note", "blank", "table"]


@dataclass(frozen=True)
class Block:
    """`key` stays the same through every version; a blank is what people have still to write."""

    key: str
    kind: Kind
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    is_edited: bool = False
    is_removed: bool = False

    def said(self, frozen: Frozen) -> str:
        return "".join(piece if isinstance(piece, str) else piece.said(frozen) for piece in self.pieces)

    def tokens(self) -> list[Token]:
        return [piece for piece in self.pieces if isinstance(piece, Token)]

    @property
    def is_editable(self) -> bool:
        return self.kind in ("paragraph", "note", "blank")

    def typed_numbers(self) -> list[str]:
        """Numbers that somebody wrote by hand: nothing vouches for them but their writer."""
        if not self.is_edited:
            return []
        return [found for piece in self.pieces if isinstance(piece, str) for found in DIGITS.findall(piece)]


Body = list[Block]


class UnknownFigure(ValueError):
    """A number in square brackets that the paragraph does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class FigureOverwritten(ValueError):
    """Somebody changed a figure inside its brackets; figures are mended in the records."""

    def __init__(self, number: int, typed: str, right: str) -> None:
        super().__init__(f"{number}: {typed} for {right}")
        self.number, self.typed, self.right = number, typed, right


@cache
def adapter() -> TypeAdapter[Body]:
    return TypeAdapter(list[Block])


def to_json(body: Body) -> Any:
    return adapter().dump_python(body, mode="json")


def from_json(kept: Any) -> Body:
    return adapter().validate_python(kept)


def written(block: Block, frozen: Frozen) -> str:
    """As it stands in the field: words, and each figure in square brackets with its number."""
    shown, count = [], 0
    for piece in block.pieces:
        if isinstance(piece, Token):
            count += 1
            shown.append(f"[{count}:{piece.label(frozen)}]")
        else:
            shown.append(piece)
    return "".join(shown)


def read(typed: str, block: Block, frozen: Frozen) -> tuple[Piece, ...]:
    """What was typed, with its figures found again. Raises UnknownFigure or FigureOverwritten."""
    pieces: list[Piece] = []
    tokens, end = block.tokens(), 0
    for found in TYPED.finditer(typed):
        pieces += [typed[end : found.start()], token_of(found, tokens, frozen)]
        end = found.end()
    pieces.append(typed[end:])
    return tuple(piece for piece in pieces if piece)


def token_of(found: "re.Match[str]", tokens: Sequence[Token], frozen: Frozen) -> Token:
    number = int(found["number"])
    if not 1 <= number <= len(tokens):
        raise UnknownFigure(number)
    token = tokens[number - 1]
    right, shown = token.label(frozen), " ".join((found["shown"] or "").split())
    if shown and shown != right:
        raise FigureOverwritten(number, shown, right)
    return token


def rewritten(block: Block, pieces: tuple[Piece, ...]) -> Block:
    """A blank that was written becomes a paragraph."""
    kind: Kind = "paragraph" if block.kind == "blank" and pieces else block.kind
    return replace(block, kind=kind, pieces=pieces, is_edited=True, is_removed=False)


def new_paragraph(pieces: tuple[Piece, ...]) -> Block:
    return Block(key=f"p-{secrets.token_hex(4)}", kind="paragraph", pieces=pieces, is_edited=True)


def find(body: Body, key: str) -> Block:
    return next(block for block in body if block.key == key)


def replaced(body: Body, block: Block) -> Body:
    return [block if one.key == block.key else one for one in body]


def put_after(body: Body, key: str, block: Block) -> Body:
    at = next(position for position, one in enumerate(body) if one.key == key)
    return [*body[: at + 1], block, *body[at + 1 :]]


def refreshed(old: Body, generated: Body) -> Body:
    """The newly generated body with everything that people wrote, removed or added in the old one."""
    known = {block.key: block for block in old}
    body = [known[one.key] if is_kept(known.get(one.key)) else one for one in generated]
    present = {block.key for block in body}
    for before, block in zip([None, *old], old, strict=False):
        if block.key not in present and block.is_edited:
            anchor = next_present(old, before, present)
            body = put_after(body, anchor, block) if anchor else [block, *body]
            present.add(block.key)
    return body


def is_kept(block: Block | None) -> bool:
    return bool(block and (block.is_edited or block.is_removed))


def next_present(old: Body, before: Block | None, present: set[str]) -> str:
    """The nearest block above that is still there."""
    if before is None:
        return ""
    above = old[: old.index(before) + 1]
    return next((block.key for block in reversed(above) if block.key in present), "")


def blanks(body: Iterable[Block]) -> Body:
    return [block for block in body if block.kind == "blank" and not block.is_removed]


def standing(body: Iterable[Block]) -> Body:
    """Without what was removed."""
    return [block for block in body if not block.is_removed]
