"""A text becomes proposed figures: value, qualifier, indicator, role, area and period, each with its sentence and reason."""

import csv
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from luytre.reporting.reading import naming, periods, places, roles, spans
from luytre.reporting.reading.mentions import Mention, mentions
from luytre.reporting.reading.phrases import NO_NOUN, Setting, settings
from luytre.reporting.reading.places import Place
from luytre.reporting.reading.wording import UPPER, plain

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue" / "indicators.csv"
PART_OF = re.compile(r"part of ([a-z_]{6,})")


@dataclass(frozen=True)
class Proposal:
    """One proposed figure. Offsets are characters of the text as it came; money is in đồng, a share in percent."""

    start: int
    end: int
    sentence: str
    span: str
    value: Decimal
    value_max: Decimal | None
    denominator: Decimal | None
    qualifier: str
    unit: str
    indicator: str
    second: str
    role: str
    area: str
    first_day: date | None
    last_day: date | None
    confidence: float
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The keys that `luytre read --json` prints, numbers as numbers, days as YYYY-MM-DD, unknown as null."""
        said: dict[str, Any] = {
            "start": self.start, "end": self.end, "sentence": self.sentence, "span": self.span,
            "value": number(self.value), "denominator": number(self.denominator), "qualifier": self.qualifier,
            "unit": self.unit, "indicator": self.indicator, "role": self.role, "area": self.area or None,
            "from": self.first_day.isoformat() if self.first_day else None,
            "to": self.last_day.isoformat() if self.last_day else None,
            "confidence": round(self.confidence, 2), "reason": self.reason,
        }  # fmt: skip
        if self.value_max is not None:
            said["value_max"] = number(self.value_max)
        if self.second:
            said["second"] = self.second
        return said


def number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def propose(
    text: str, *, reported_on: date | None = None, area: str | None = None, with_targets: bool = False
) -> list[Proposal]:
    """Every figure of the catalogue that the text gives, in the order of the text."""
    source = spans.read(text)
    found = settings(source, mentions(source.text))
    worth = [one for one in in_first_cells(source, found) if worth_naming(one, source.text)]
    named = like_those_before(
        [(one, guesses) for one in worth if (guesses := naming.guesses(one.context))], source.text
    )
    reported_on = reported_on or periods.dateline(source.text)
    said = periods.periods(source.text, reported_on)
    whole = Place(area, "") if area else places.report_area(source.text, reported_on)
    proposals = []
    for place, (setting, guesses) in enumerate(named):
        later = [one for one, _guesses in named[place + 1 : place + 3] if one.sentence == setting.sentence]
        role = roles.role(setting, later)
        if role == "level":
            others = [
                other[0].code for one, other in named[max(0, place - 3) : place + 4] if one.sentence == setting.sentence
            ]
            role = part_or_total(guesses[0].code, others)
        if role == "target" and not with_targets or is_only_a_rate(setting, guesses[0].code):
            continue
        where = places.local_place(
            source.text[setting.lead.start : setting.lead.end],
            source.text[setting.own.start : setting.own.end + 60],
            whole,
        )
        first, last = period_of(setting, guesses[0].code, role, said)
        proposals.append(_proposal(source, setting, guesses, role, where or (whole.name if whole else ""), first, last))
    return proposals


def in_first_cells(source: spans.Source, found: list[Setting]) -> list[Setting]:
    """In a row of a table the first number is this period's; those in later cells, without a noun, are of other columns."""
    kept: list[Setting] = []
    for place, setting in enumerate(found):
        before = found[place - 1] if place else None
        between = source.text[before.mention.end : setting.mention.start] if before else ""
        if not ("\t" in between and "\n" not in between and NO_NOUN.match(setting.context.own)):
            kept.append(setting)
    return kept


Named = list[tuple[Setting, list[naming.Guess]]]


def like_those_before(named: Named, text: str) -> Named:
    """What a change changes is the figure before it; "(96 buổi)" after a place is of the kind that is broken down by places."""
    settled: Named = []
    for setting, guesses in named:
        noun = guesses[0].noun.split(" ")[0]
        alike = [(each, one[0].code) for each, one in settled[-12:] if one[0].noun.split(" ")[0] == noun]
        kind = ""
        if alike and roles.CHANGE.search(setting.led) and not setting.mention.is_percent:
            kind = alike[-1][1] if alike[-1][0].sentence == setting.sentence else ""
        elif alike and places.BRACKETED.search(text[setting.lead.start : setting.lead.end]):
            kind = alike[-1][1]
        settled.append((setting, [replace(guesses[0], code=kind), *guesses[1:]] if kind else guesses))
    return settled


def period_of(setting: Setting, code: str, role: str, said: list[periods.Said]) -> tuple[date | None, date | None]:
    """The last period named before the number, in its sentence first; a stock has one only if its sentence says so."""
    kind = catalogue()[code]
    if role == "before":
        return None, None
    after = last_named(said, setting.mention.end, setting.own.end)
    inside = last_named(said, setting.sentence.start, setting.mention.start)
    above = last_named(said, 0, setting.sentence.start) if kind.behaviour != "stock" else None
    for one in (after, inside, above):
        if one:
            if kind.is_yearly and one.first_day.year == one.last_day.year and one.first_day.month == 1:
                return date(one.first_day.year, 1, 1), date(one.first_day.year, 12, 31)
            return one.first_day, one.last_day
    return None, None


def last_named(said: list[periods.Said], start: int, end: int) -> periods.Said | None:
    """The last of the periods, which are in order, that is named in that piece of the text."""
    at = bisect_left(said, end, key=attrgetter("at"))
    return said[at - 1] if at and said[at - 1].at >= start else None


def is_only_a_rate(setting: Setting, code: str) -> bool:
    """ "tăng 888 vụ (64,8%)": how much a count changed is a figure only where the catalogue has that rate."""
    return setting.mention.is_percent and bool(roles.SAME.search(setting.context.around)) and "change_rate" not in code


def part_or_total(code: str, others: list[str]) -> str:
    """A figure beside its whole is a part, a whole beside its part is a total; the catalogue says which are parts."""
    whole = catalogue()[code].part_of
    if whole and whole in others:
        return "part"
    return "total" if any(catalogue()[other].part_of == code for other in others) else "level"


@dataclass(frozen=True)
class Kind:
    behaviour: str
    is_yearly: bool
    part_of: str


@cache
def catalogue() -> dict[str, Kind]:
    """How each indicator of the catalogue behaves in time."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = {row["code"]: found[1] for row in rows if (found := PART_OF.search(row["definition"]))}
    return {row["code"]: Kind(row["behaviour"], row["period"] == "year", parts.get(row["code"], "")) for row in rows}


EACH = re.compile(r"(?:mỗi|từng|bình quân|trung bình)(?: (?!là )\w+){0,4} ?$", re.I)
IDIOM = re.compile(
    r" (?:trong|số|cách|phần|bộ phận|loạt|vị trí|lần|lúc|khi|chút|vài|ngày|mặt|chiều|năm|tháng|bên|nửa|là|lòng|nhà|vẻ|cuộc sống)\b"
)
COUNTING = re.compile(
    r"(?:xây dựng mới|ra mắt|thành lập|giao nộp|thu giữ|thu hồi|xảy ra|thành lập mới|tổ chức|có|duy trì|phát hiện|bắt|khởi tố"
    r"|xây dựng|lắp đặt|mở|thêm|được|gồm|và|với|còn|hiện có|,)(?: được| mới| thêm)? ?$", re.I)  # fmt: skip


def worth_naming(setting: Setting, text: str) -> bool:
    """Numbers in words count only where a noun of the catalogue follows; "một" only where things are counted."""
    mention, context = setting.mention, setting.context
    if EACH.search(text[max(0, mention.start - 40) : mention.start]) or is_story(setting, text):
        return False
    if not mention.is_word:
        return True
    word = text[mention.at : mention.end].lower()
    if IDIOM.match(text, mention.end) or not naming.any_noun().match(naming.FILLERS.sub("", context.own)):
        return False
    before = text[max(0, mention.start - 30) : mention.start]
    if word == "năm" and re.search(
        r"(?i)(?:trong|đầu|cuối|hằng|hàng|qua|mấy|nhiều|các|những|cả|sang|một|thứ|mỗi|\d) $", before
    ):
        return False
    return word not in ("một", "mốt") or (mention.qualifier == "exact" and bool(COUNTING.search(before)))


PERSON = re.compile(
    rf"\b(?:lúc|vào lúc|khoảng) \d|\b\d+ tuổi|\bhôm \d|\b(?:Anh|anh|chị|Chị|ông|Ông|bà|Bà|em|Em|cháu|cụ|Cụ|lão|Bác|bác|cô|Cô) [{UPPER}]"
    r"|\b(?:kể|nhớ lại|đêm \d|Hồi đó|chuyện vui)\b|\b[A-ZĐ]\.[ ,]"
)
SUMMARY = re.compile(
    r"(?i)cho biết|cho hay|báo cáo|thông tin|từ đầu năm|đến nay|toàn (?:tỉnh|xã|huyện|phường|thành|lực|quốc|thôn|bản|ấp)|trong (?:năm|tháng|quý|kỳ)"
    r"|hiện (?:có|nay)|các (?:đơn vị|tổ|cấp)|đã (?:tổ chức|xây dựng|vận động|tiếp nhận|cung cấp|tham gia)|năm qua|mỗi năm"
)
FEW, LITTLE = 15, 200_000_000
SMALL_SUMS = re.compile(r"(?:/| mỗi|tiền mặt|trở lên thì|/tháng|/người|/suất)")
RULE = re.compile(r"(?i)phạt tiền|bị phạt|mức phạt|thì bị|theo quy định tại")


def is_story(setting: Setting, text: str) -> bool:
    """One person's or one day's story, or the text of a rule: small numbers in it are no figures of a period."""
    mention, sentence = setting.mention, text[setting.sentence.start : setting.sentence.end]
    if mention.is_money and (RULE.search(sentence) or SMALL_SUMS.match(text, mention.end)):
        return True
    small = (
        mention.value <= (LITTLE if mention.is_money else FEW) and not mention.is_percent and not mention.denominator
    )
    return small and bool(PERSON.search(sentence)) and not SUMMARY.search(sentence)


def _proposal(
    source: spans.Source,
    setting: Setting,
    guesses: list[naming.Guess],
    role: str,
    area: str,
    first_day: date | None,
    last_day: date | None,
) -> Proposal:
    mention, best = setting.mention, guesses[0]
    second = guesses[1] if len(guesses) > 1 else None
    begin, finish = noun_phrase(source.text, setting, best)
    start, end = source.whence(begin, finish)
    first, last = source.whence(setting.sentence.start, setting.sentence.end)
    margin = best.score - (second.score if second else 0)
    confidence = max(0.05, min(0.99, 0.5 + (best.score - naming.ENOUGH) * 0.06 + min(margin, 3) * 0.08))
    unsure = second is not None and margin < 0.6
    return Proposal(
        start, end, source.original[first:last], source.original[start:end],
        signed(mention.value, setting, role), mention.value_max, mention.denominator, mention.qualifier,
        unit_of(mention, best), best.code, second.code if unsure and second else "", role, area, first_day, last_day,
        confidence, reason_of(best, second if unsure else None),
    )  # fmt: skip


def signed(value: Decimal, setting: Setting, role: str) -> Decimal:
    """A decrease is below zero, as the catalogue's rates of change are (now - then)."""
    said = setting.context.around[-60:] or setting.led[-40:]
    return -value if role == "change" and roles.DOWN.search(said) else value


def noun_phrase(text: str, setting: Setting, guess: naming.Guess) -> tuple[int, int]:
    """From the qualifier to the end of the noun at the number, as short as names it."""
    mention = setting.mention
    if not guess.noun or guess.noun_before:
        return mention.start, mention.end
    own = setting.context.own
    skipped = naming.FILLERS.match(own)
    named = (skipped[0] if skipped else "") + guess.noun
    for said in guess.said:
        named = f"{named} {said}" if own.startswith(f"{named} {said}") and len(said.split()) < 6 else named
    wanted = len(named.split())
    words = list(re.finditer(r"[^\s,]+", text[mention.end : setting.own.end]))
    for at, word in enumerate(words):
        if len(plain(" ".join(one[0] for one in words[: at + 1])).split()) >= wanted:
            return mention.start, mention.end + word.start() + len(word[0].rstrip(".;:)"))
    return mention.start, setting.own.end if words else mention.end


def unit_of(mention: Mention, guess: naming.Guess) -> str:
    return "đồng" if mention.is_money else "%" if mention.is_percent else guess.noun


def reason_of(best: naming.Guess, second: naming.Guess | None) -> str:
    """Why this indicator, in words that can be checked against the sentence."""
    parts = [f"danh từ “{best.noun}”"] if best.noun else []
    parts += [f"từ “{one}”" for one in best.said]
    if second is not None:
        parts.append(f"cũng có thể là {second.code}")
    return "; ".join(parts)
