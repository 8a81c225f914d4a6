"""The text of a page of the web: what its main part says, a block a line, without menus, scripts and styles."""

import codecs
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from luytre.reporting.reading import decoding, legacy, tidying
from luytre.reporting.reading.files import Found, Kind, Note, Refused, Trouble
from luytre.reporting.reading.legacy import Letters

# Never text, whatever is wrong with the page; and what stands around the text.
UNSEEN = {"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea"}
AROUND = {"nav", "footer", "aside", "button", "form", "dialog"}
MAIN = {"main", "article"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
CELLS = {"td", "th"}
CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
FONT_FAMILY = re.compile(r"font(?:-family)?\s*:[^;]*?(\.vn\w+|vni[-\s]\w+)", re.IGNORECASE)
UNFINISHED = re.compile(r"<[a-z/!?].*", re.IGNORECASE | re.DOTALL)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ENOUGH = 0.4  # of the page's text, for its main part to be taken alone
MAX_OPEN = 200_000


def read(content: bytes) -> Found:
    markup, notes = letters_of(content)
    page = PageReader(left_out=UNSEEN | AROUND)
    page.take(markup)
    if not page.text().strip():  # a menu that is never closed swallows the page
        page = PageReader(left_out=UNSEEN)
        page.take(markup)
    return Found(Kind.HTML, page.text(), notes=notes + [Note(letters) for letters in sorted(page.letters)])


def letters_of(content: bytes) -> tuple[str, list[Note]]:
    """As the page says, where it can be believed; old letters stay as they are until the tags are gone."""
    if b"\x00" in content or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoding.text_of(content)
    if found := decoding.as_utf8(content):
        return found
    said = CHARSET.search(content[:8192])
    page = said[1].decode("ascii").lower() if said else ""
    if page in ("windows-1258", "cp1258"):
        return legacy.decoded(legacy.western(content), Letters.CP1258), [Note(Letters.CP1258.value)]
    return legacy.western(content), []


def finished(markup: str) -> str:
    """Without a tag that is never closed, which would be looked through again and again."""
    end = markup.rfind(">") + 1
    return markup[:end] + UNFINISHED.sub("", markup[end:])


@dataclass
class Open:
    """An element that is not closed yet, and what it means for the text inside."""

    name: str
    is_left_out: bool = False
    is_main: bool = False
    letters: Letters | None = None


@dataclass
class Piece:
    """Some text, whether the main part of the page has it, and how its letters were written."""

    texts: list[str]
    is_main: bool
    letters: Letters | None


class PageReader(HTMLParser):
    """Keeps a list of what is open instead of calling itself, so that no depth is too deep."""

    def __init__(self, *, left_out: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.left_out = left_out
        self.open: list[Open] = []
        self.count: dict[str, int] = {}
        self.pieces: list[Piece] = []
        self.letters = set[str]()

    def take(self, markup: str) -> None:
        self.feed(finished(markup))
        self.close()

    @property
    def now(self) -> Open:
        return self.open[-1] if self.open else Open("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.part(tag)
        if tag in VOID:
            return
        if tag in ("p", "li", "tr", "td", "th", "option") and self.now.name == tag:
            self.handle_endtag(tag)  # the next one ends the one before
        if tag == "body" and self.count.get("head"):
            self.handle_endtag("head")
        if len(self.open) >= MAX_OPEN:
            raise Refused(Trouble.TOO_HARD)
        about, now = dict(attrs), self.now
        style = about.get("style") or ""
        left_out = now.is_left_out or tag in self.left_out or "hidden" in about or bool(HIDDEN.search(style))
        font = FONT_FAMILY.search(style)
        letters = legacy.of_font((font[1] if font else about.get("face")) or "") or now.letters
        self.open.append(Open(tag, left_out, now.is_main or tag in MAIN, letters))
        self.count[tag] = self.count.get(tag, 0) + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.count.get(tag):
            while self.open:
                closed = self.open.pop()
                self.count[closed.name] -= 1
                if closed.name == tag:
                    break
        self.part(tag)

    def part(self, tag: str) -> None:
        if tag == "br" or tag in BLOCKS:
            self.put("\n")
        elif tag in CELLS:
            self.put("\t")

    def handle_data(self, data: str) -> None:
        if not self.now.is_left_out:
            data = tidying.raised(data) if self.now.name == "sup" else data
            self.put(data if self.count.get("pre") else re.sub(r"[ \t\r\n\f]+", " ", data))

    def put(self, text: str) -> None:
        now = self.now
        if self.pieces and self.pieces[-1].is_main == now.is_main and self.pieces[-1].letters is now.letters:
            self.pieces[-1].texts.append(text)
        else:
            self.pieces.append(Piece([text], now.is_main, now.letters))

    def text(self) -> str:
        everything = self.joined(self.pieces)
        main = self.joined([piece for piece in self.pieces if piece.is_main])
        return main if len(main) > len(everything) * ENOUGH else everything

    def joined(self, pieces: list[Piece]) -> str:
        text = "".join(self.decoded(piece) for piece in pieces)
        lines = [re.sub(r" *\t[ \t]*", "\t", line).strip(" \t") for line in text.split("\n")]
        return re.sub(r"\n{2,}", "\n", "\n".join(line for line in lines if line))

    def decoded(self, piece: Piece) -> str:
        text = "".join(piece.texts)
        changed = legacy.of_run(text, piece.letters)
        if piece.letters and changed != text:
            self.letters.add(Letters.TCVN3 if piece.letters is Letters.TCVN3_CAPITALS else piece.letters)
        return changed
