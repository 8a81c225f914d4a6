"""Which days a figure is about, from phrases of the text and the report's own date; nothing where the text does not say."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
NUMBER_WORDS = {
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
}
DAY = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}))?"
COUNT = r"(\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười một|mười)"
YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True)
class Said:
    """A period that a place of the text names, from its offset on."""

    at: int
    first_day: date
    last_day: date


def day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, min(number, monthrange(year, month)[1])) if 1 <= month <= 12 and number >= 1 else None
    except ValueError:
        return None


def months(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (1 <= first <= last <= 12):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def of_range(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    """từ ngày 15/8 đến ngày 14/9/2025: a year said once holds for both, or the earlier one for the first."""
    d1, m1, y1, d2, m2, y2 = (int(one) if one else None for one in found.groups()[:6])
    end_year = y2 or y1 or reported.year
    begin_year = y1 or (end_year if (m1 or 0) <= (m2 or 0) else end_year - 1)
    first, last = day(begin_year, m1 or 0, d1 or 0), day(end_year, m2 or 0, d2 or 0)
    return (first, last) if first and last and first <= last else None


def of_brackets(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    """(1/1 - 30/9/2025), but not the day of founding and its anniversary."""
    span = of_range(found, reported)
    is_anniversary = (
        span and span[0].year < span[1].year and (span[0].day, span[0].month) == (span[1].day, span[1].month)
    )
    return None if is_anniversary else span


def of_since_day(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    first = day(int(found[3]) if found[3] else reported.year, int(found[2]), int(found[1]))
    return (first, reported) if first and first <= reported else None


def of_months_of_year(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    count = NUMBER_WORDS.get(found[1].lower()) or int(found[1])
    year = int(found[2]) if found[2] else reported.year
    return months(year, 1, count)


def of_months_of_year_now(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    count = NUMBER_WORDS.get(found[1].lower()) or int(found[1])
    return months(reported.year if count <= reported.month else reported.year - 1, 1, count)


def of_month(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    month = int(found[1])
    year = int(found[2]) if found[2] else reported.year - (month > reported.month)
    return months(year, month, month)


def of_quarter(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    quarter = ROMAN[found[1].lower()]
    year = int(found[2]) if found[2] else reported.year - (quarter * 3 - 2 > reported.month)
    return months(year, quarter * 3 - 2, quarter * 3)


def of_years(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    first, last = int(found[1]), int(found[2])
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def since_year(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    first = date(int(found[1]), 1, 1)
    return (first, reported) if first <= reported else None


def of_year(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    year = int(found[1])
    return (date(year, 1, 1), date(year, 12, 31)) if year <= reported.year else None


def year_to_date(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    year = int(found[1]) if found.re.groups and found[1] else reported.year
    last = reported if year == reported.year else date(year, 12, 31)
    return (date(year, 1, 1), last) if year <= reported.year else None


def half_year(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    year = int(found[2]) if found[2] else reported.year
    return months(year, 1, 6) if "đầu" in found[1] else months(year, 7, 12)


def this_year(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    """năm qua, trong năm: the year that is ending, or has just ended."""
    year = reported.year if reported.month >= 6 else reported.year - 1
    return date(year, 1, 1), min(date(year, 12, 31), reported)


def this_month(found: "re.Match[str]", reported: date) -> tuple[date, date] | None:
    if reported.day >= 20:
        return months(reported.year, reported.month, reported.month)
    before = reported.replace(day=1) - timedelta(days=1)
    return months(before.year, before.month, before.month)


# In this order: what is said more exactly comes first and hides what it contains.
PHRASES = [
    (rf"(?:từ|tính từ) ?(?:ngày )?{DAY} ?(?:đến|-|tới)(?: hết)? ?(?:ngày )?{DAY}", of_range),
    (rf"\({DAY} ?(?:-|đến) ?{DAY}\)", of_brackets),
    (rf"(?:kể )?từ (?:ngày )?{DAY} (?:đến|tới) nay", of_since_day),
    (rf"{COUNT} tháng (?:đầu )?(?:của )?(?:năm )?({YEAR})", of_months_of_year),
    (rf"{COUNT} tháng đầu(?: của)? năm( nay)?(?! \d)", of_months_of_year_now),
    (rf"(?:trong|qua|sau) {COUNT} tháng(?: qua)?(?= |,)", of_months_of_year_now),
    (rf"(6 tháng (?:đầu|cuối) năm|nửa (?:đầu|cuối) năm)(?: ({YEAR}))?", half_year),
    (rf"quý (iv|iii|ii|i|[1-4])(?:(?: năm |/| - |-)({YEAR}))?", of_quarter),
    (rf"(?:từ|ngay từ)(?: những tháng)? đầu năm(?: ({YEAR}))?(?: đến nay| tới nay| đến hết|,| )", year_to_date),
    (
        rf"(?:giai đoạn|nhiệm kỳ|năm học|niên khóa|trong các năm|từ năm|\() ?({YEAR}) ?(?:-|đến|đến năm) ?(?:năm )?({YEAR})",
        of_years,
    ),
    (rf"từ (?:năm )?({YEAR}) (?:đến|tới) nay", since_year),
    (rf"(?:trong |trong kỳ |kỳ )?tháng (\d{{1,2}})(?:(?: năm |/)({YEAR}))?", of_month),
    (rf"(?:trong |cả |của |tổng kết )?năm ({YEAR})(?! ?-)", of_year),
    (r"(?:trong|một) năm qua|năm vừa qua|năm qua,|trong năm,|trong năm nay", this_year),
    (r"trong tháng,|trong tháng (?=\D)|tháng qua", this_month),
]


PATTERNS = [(re.compile(phrase, re.I), of) for phrase, of in PHRASES]
WRITTEN = re.compile(r"(?i)ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})|(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
DATELINE = 130  # letters of a line that only says when and by whom
HEAD, FOOT = 14, 6  # lines at the beginning and at the end in which a report says its day


def dateline(text: str) -> date | None:
    """The day that a report itself bears, in a short line at its beginning, else at its end."""
    lines = [line for line in text.split("\n") if line.strip()]
    for line in [*lines[:HEAD], *lines[-FOOT:]]:
        found = WRITTEN.search(line)
        if found and len(line) < DATELINE:
            numbers = [int(one) for one in found.groups() if one]
            said = day(numbers[2], numbers[1], numbers[0])
            if said:
                return said
    return None


# A period that is named only to be compared with, aimed at, or that dates a document or a life.
BESIDE = re.compile(
    r"(?:so với|cùng kỳ|cùng kỳ của|kế hoạch|nghị quyết|chỉ thị|quyết định|đến|phương hướng|nhiệm vụ|luật|sinh|mục tiêu|hội nghị|năm học mới|trước)"
    r"(?: của| số| \d+ \S+| hết| cuối| trọng tâm| công tác)*\s*\(?$", re.I)  # fmt: skip


def periods(text: str, reported: date | None) -> list[Said]:
    """Every period that the text names, in order, none inside another."""
    if reported is None:
        return []
    taken = bytearray(len(text))  # 1 where a letter belongs to a period
    found: list[Said] = []
    for pattern, of in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) >= 0:
                continue
            taken[start:end] = b"\1" * (end - start)
            span = None if BESIDE.search(text[max(0, match.start() - 40) : match.start()]) else of(match, reported)
            if span and span[0] <= reported:
                is_cut = span[1] > reported and (span[1] - span[0]).days > 366
                found.append(Said(match.start(), span[0], reported if is_cut else span[1]))
    return sorted(found, key=lambda one: one.at)
