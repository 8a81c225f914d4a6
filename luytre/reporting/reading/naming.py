"""What a number counts: the indicators whose noun stands at it, weighed by what is said around it."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from luytre.reporting.reading.wording import last_match, plain

MEANINGS = Path(__file__).with_name("meanings.toml")
FAR = 45  # letters of one's own phrase after which what is said counts less
NOUN, LONGER, ALONE, AMOUNT, ENOUGH, USUAL = 1.0, 0.12, 2.2, 1.2, 2.2, 2.3
SAID = {
    "own": 4.4, "label": 4.0, "lead": 3.0, "around": 3.0, "joined": 3.4, "container": 2.8, "tail": 2.2, "heading": 1.9, "before": 1.6, "previous": 1.2,
    "past": 0.9, "next": 0.5, "title": 0.4,
}  # fmt: skip
AGAINST = {
    "own": 4.0,
    "label": 4.0,
    "lead": 2.5,
    "around": 1.5,
    "container": 2.5,
    "tail": 1.0,
    "heading": 0.8,
    "before": 0.7,
}
NEEDED = tuple(name for name in SAID if name != "joined")
THEME = {
    "own": 2.5,
    "label": 2.5,
    "lead": 2.5,
    "container": 2.5,
    "previous": 2.3,
    "before": 2.3,
    "tail": 1.5,
    "heading": 1.6,
    "past": 1.0,
    "title": 0.5,
}
HERE = ("own", "label", "lead", "container", "previous", "before", "past")


@dataclass(frozen=True)
class Meaning:
    """How one indicator is recognised; see meanings.toml."""

    code: str
    heads: "re.Pattern[str] | None"
    heads_within: "re.Pattern[str] | None"
    says: "re.Pattern[str] | None"
    hints: "re.Pattern[str] | None"
    theme: "re.Pattern[str] | None"
    needs: "re.Pattern[str] | None"
    against: "re.Pattern[str] | None"
    near_theme: bool
    alone: bool
    usual: bool
    prior: float
    percent: bool
    money: bool


@dataclass(frozen=True)
class Context:
    """What stands around a number, as patterns see it: each already in plain wording."""

    own: str  # from the number on, to the next number or the end of its phrase
    lead: str  # from the number before, or the clause's beginning, up to this number
    before: str  # the sentence up to the lead
    around: str = ""  # what stands before a share or a sum of money, which has no noun
    joined: str = ""  # the end of the lead and the own phrase, as if the number were not between them
    near: int = FAR  # letters of the own phrase up to its first comma
    label: str = ""  # what stands before a colon, or "số … là", when the number has no noun of its own
    container: str = ""  # what these are members of: the phrase before "với", "gồm", "có"
    previous: str = ""  # the phrase of the number before in the same list
    tail: str = ""  # what is said once after the last of a list
    next: str = ""  # the rest of the sentence
    heading: str = ""
    past: str = ""  # the sentence before
    title: str = ""
    percent: bool = False
    money: bool = False


@dataclass(order=True)
class Guess:
    score: float
    code: str
    noun: str = field(compare=False, default="")
    noun_before: bool = field(compare=False, default=False)
    said: list[str] = field(compare=False, default_factory=list)


@cache
def meanings() -> tuple[Meaning, ...]:
    tables = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    words = tables.pop("words")
    return tuple(_meaning(code, table, words) for code, table in tables.items())


def _meaning(code: str, table: dict[str, str | bool | float], words: dict[str, str]) -> Meaning:
    def pattern(key: str, shape: str = "(?:{})") -> "re.Pattern[str] | None":
        written = str(table.get(key, ""))
        for name, one in words.items():
            written = written.replace(f"{{{name}}}", one)
        longest = "|".join(sorted(_alternatives(written), key=_width, reverse=True)) if key == "heads" else written
        return re.compile(shape.format(longest)) if written else None

    whole = r"(?<!\w)(?:{})(?!\w)"
    return Meaning(
        code,
        pattern("heads", r"(?:{})(?!\w)"),
        pattern("heads", whole),
        pattern("says", whole),
        pattern("hints", whole),
        pattern("theme", whole),
        pattern("needs", whole),
        pattern("not", whole),
        bool(table.get("near_theme", False)),
        bool(table.get("alone", False)),
        bool(table.get("usual", False)),
        float(table.get("prior", 0)),
        bool(table.get("percent", False)),
        bool(table.get("money", False)),
    )


def _width(alternative: str) -> int:
    """How long a noun is, what is only looked at left out: the longest is tried first."""
    return len(re.sub(r"\(\?<?[!=][^)]*\)", "", alternative))


def _alternatives(written: str) -> list[str]:
    """The alternatives at the outermost level."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(written):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            parts.append(written[start:at])
            start = at + 1
    return [*parts, written[start:]]


# Words that may stand between a number and its noun, and between a noun and its number.
FILLERS = re.compile(
    r"^(?:(?:các|lượt chiếc|loại(?! (?:mô )?hình)|hơn|trên|đồng chí là|tổng số|số|công trình phần việc) )+"
)
LINKS = re.compile(
    r"(?: ?(?::|-|=|là|gồm|có|hiện có|đạt|được|đã|tăng lên|giảm còn|còn|lên|xuống|khoảng|tăng|giảm|từ|đến|ước|hiện nay|hiện|nay|bằng|chiếm|trong kỳ|nâng lên|tổng cộng|trên địa bàn))+$"
)


def guesses(context: Context) -> list[Guess]:
    """The indicators that may be meant, best first; none when nothing tells what is counted."""
    found = []
    for meaning in meanings():
        if meaning.percent != context.percent or meaning.money != context.money:
            continue
        noun, is_before = _noun(meaning, context)
        if meaning.heads and not noun:
            continue
        found.append(_weighed(meaning, context, noun, is_before))
    return sorted((one for one in found if one.score >= ENOUGH), reverse=True)


def _noun(meaning: Meaning, context: Context) -> tuple[str, bool]:
    if meaning.heads is None or meaning.heads_within is None:
        return "", False
    own = FILLERS.sub("", context.own)
    if match := meaning.heads.match(own):
        return match[0], False
    if not context.label:
        return "", False
    last = last_match(meaning.heads_within, context.label)
    return (last[0], True) if last else ("", False)


@cache
def any_noun() -> "re.Pattern[str]":
    everything = "|".join(one.heads.pattern for one in meanings() if one.heads)
    return re.compile(everything)


def _weighed(meaning: Meaning, context: Context, noun: str, is_before: bool) -> Guess:
    """Never enough where nothing but the noun speaks for it, unless the noun says it all."""
    places = {name: getattr(context, name) for name in SAID}
    if meaning.needs and not any(meaning.needs.search(places[name]) for name in NEEDED):
        return Guess(0, meaning.code)
    heard = [_hearing(meaning.says, text, SAID[name], name, context.near) for name, text in places.items()]
    best = max(heard, key=lambda one: one[0])
    theme = max(
        _hearing(meaning.theme, places[name], weight, name, FAR)[0]
        for name, weight in THEME.items()
        if name in HERE or not meaning.near_theme
    )
    if not (best[0] or theme or (meaning.alone and noun)):
        against = any(
            meaning.against and meaning.against.search(places[name]) for name in ("own", "lead", "label", "container")
        )
        return Guess(USUAL if meaning.usual and noun and not is_before and not against else 0, meaning.code, noun)
    score = meaning.prior + theme
    score += NOUN + LONGER * len(noun.split()) + (ALONE if meaning.alone else 0) - 0.3 * is_before if noun else AMOUNT
    score += best[0] + 0.15 * (sum(one[0] for one in heard) - best[0])
    score += 0.25 * max(_hearing(meaning.hints, text, SAID[name], name, FAR)[0] for name, text in places.items())
    score -= max(
        _hearing(meaning.against, places[name], weight, name, context.near)[0] for name, weight in AGAINST.items()
    )
    return Guess(score, meaning.code, noun, is_before, [best[1]] if best[0] else [])


def _hearing(pattern: "re.Pattern[str] | None", text: str, weight: float, place: str, near: int) -> tuple[float, str]:
    """How much a place says it: in one's own phrase the beginning counts most, before the number what is nearest."""
    if pattern is None or not text:
        return 0.0, ""
    match = pattern.search(text)
    if match is None:
        return 0.0, ""
    if place == "own":
        return weight * (0.6 if match.start() > near else 1.0), match[0]
    if place in ("lead", "before", "around", "label"):
        match = last_match(pattern, text) or match
        return weight * (1.1 - 0.4 * min(1.0, (len(text) - match.end()) / 120)), match[0]
    return weight, match[0]


def context_of(**pieces: str | bool | int) -> Context:
    return Context(**{name: plain(one) if isinstance(one, str) else one for name, one in pieces.items()})  # type: ignore[arg-type]
