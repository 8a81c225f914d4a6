"""The text of an RTF file, the form in which many old programs exchanged documents."""

import re
from dataclasses import dataclass, field, replace

from luytre.reporting.reading import legacy, tidying
from luytre.reporting.reading.files import Found, Kind, Note, Refused, Trouble
from luytre.reporting.reading.legacy import Letters

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
LEFT_OUT = {
    "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "footnote", "annotation", "fldinst", "themedata", "datastore", "generator", "listtable",
    "listoverridetable", "rsidtbl", "xmlnstbl", "latentstyles", "bkmkstart", "bkmkend", "nonshppict", "listtext",
    "atnid", "atnauthor", "pntext", "colorschememapping",
}  # fmt: skip
SIGNS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "nestcell": "\t", "nestrow": "\n",
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
PAGES_OF_SETS = {163: 1258, 0: 1252, 1: 1252, 2: 1252, 204: 1251, 238: 1250}
MAX_DEPTH = 10_000


@dataclass
class State:
    """What holds inside a pair of braces."""

    font: int = 0
    skipped: int = 1  # signs that stand in for a letter of Unicode
    place: str = "text"
    is_hidden: bool = False
    is_raised: bool = False


@dataclass
class RichReader:
    page: int = 1252
    usual: int = 0
    fonts: dict[int, str] = field(default_factory=dict)
    sets: dict[int, int] = field(default_factory=dict)
    told: list[tuple[Letters | None, list[str]]] = field(default_factory=list)
    state: State = field(default_factory=State)
    outer: list[State] = field(default_factory=list)
    to_skip: int = 0
    is_optional: bool = False

    def take(self, content: bytes) -> None:
        for found in TOKEN.finditer(content):
            word, number, code, symbol, brace, plain = found.groups()
            if brace:
                self.brace(brace)
            elif word:
                self.control(word.decode("ascii"), int(number) if number else None)
            elif code:
                self.letters(bytes([int(code, 16)]))
            elif symbol:
                self.symbol(symbol)
            elif plain:
                self.letters(plain)

    def brace(self, brace: bytes) -> None:
        self.to_skip = 0
        if brace == b"{":
            if len(self.outer) >= MAX_DEPTH:
                raise Refused(Trouble.TOO_HARD)
            self.outer.append(self.state)
            self.state = replace(self.state)
        elif self.outer:
            self.state = self.outer.pop()

    def control(self, word: str, number: int | None) -> None:
        optional, self.is_optional = self.is_optional, False
        if word == "fonttbl":
            self.state.place = "fonts"
        elif word in LEFT_OUT or (optional and word != "shptxt"):
            self.state.place = "nowhere"
        elif word == "shptxt":
            self.state.place = "text"
        elif word in SIGNS:
            self.put(SIGNS[word])
        elif word == "u" and number is not None:
            self.put(chr(number % 0x10000))
            self.to_skip = self.state.skipped
        else:
            self.setting(word, number)

    def setting(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self.state.font = number
        elif word == "fcharset" and self.state.place == "fonts":
            self.sets[self.state.font] = number or 0
        elif word == "ansicpg":
            self.page = number or 1252
        elif word == "deff":
            self.usual = self.state.font = number or 0
        elif word == "uc":
            self.state.skipped = min(max(number or 0, 0), 8)
        elif word == "v":
            self.state.is_hidden = number != 0
        elif word in ("super", "nosupersub", "sub"):
            self.state.is_raised = word == "super" and number != 0
        elif word == "plain":
            self.state.font, self.state.is_hidden, self.state.is_raised = self.usual, False, False

    def symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.is_optional = True
        elif symbol in b"\\{}":
            self.letters(symbol)
        elif symbol in (b"~", b"_", b"-"):
            self.put({b"~": " ", b"_": "-", b"-": "\u00ad"}[symbol])
        elif symbol in (b"\r", b"\n"):
            self.put("\n")

    def letters(self, some: bytes) -> None:
        skipped = min(self.to_skip, len(some))
        self.to_skip -= skipped
        some = some[skipped:]
        if self.state.place == "fonts":
            name = self.fonts.get(self.state.font, "") + legacy.western(some)
            self.fonts[self.state.font] = name[:200]
        elif some:
            self.put(self.spelled(some))

    def spelled(self, some: bytes) -> str:
        """Fonts of old letters keep the bytes as they are, for what follows."""
        if some.isascii() or self.kind():
            return legacy.western(some)
        page = PAGES_OF_SETS.get(self.sets.get(self.state.font, 1), self.page)
        if page in (1252, 1258):
            return legacy.western(some) if page == 1252 else some.decode("cp1258", "replace")
        try:
            return some.decode(f"cp{page}", "replace")
        except LookupError:
            return legacy.western(some)

    def kind(self) -> Letters | None:
        return legacy.of_font(self.fonts.get(self.state.font, "").split(";")[0])

    def put(self, text: str) -> None:
        if self.state.place != "text" or self.state.is_hidden:
            return
        kind = None if self.state.is_raised else self.kind()
        text = tidying.raised(text) if self.state.is_raised else text
        if self.told and self.told[-1][0] is kind:
            self.told[-1][1].append(text)
        else:
            self.told.append((kind, [text]))


def read(content: bytes) -> Found:
    reader = RichReader()
    reader.take(content)
    kinds = {Letters.TCVN3 if kind is Letters.TCVN3_CAPITALS else kind for kind, _texts in reader.told if kind}
    text = "".join(legacy.of_run("".join(texts), kind) for kind, texts in reader.told)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = [line.rstrip("\t ") for line in text.split("\n")]
    return Found(Kind.RTF, "\n".join(lines), notes=[Note(kind.value) for kind in sorted(kinds)])
