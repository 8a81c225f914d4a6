"""Which place a figure is about: the report's own area, and places that a clause names, under the territory of its day."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import luytre.areas
from luytre.reporting.reading.wording import UPPER, last_match

AREAS = Path(luytre.areas.__file__).with_name("data") / "areas.csv"
HCM = "Hồ Chí Minh"
HCM_WRITTEN = r"TP\.? ?HCM|TPHCM|TP\.? Hồ Chí Minh|[Tt]hành phố Hồ Chí Minh|THÀNH PHỐ HỒ CHÍ MINH|\bHCMC\b|CATP"
NAME = rf"(?:[{UPPER}][\wÀ-ỹ'’]*|\d{{1,2}})(?: (?:[{UPPER}][\wÀ-ỹ'’]*|\d{{1,2}}\b))*"
LEVELS = {
    "nation": r"toàn quốc|cả nước", "province": r"tỉnh|thành phố trực thuộc", "district": r"huyện|quận|thị xã",
    "commune": r"xã|phường|thị trấn|đặc khu", "area": r"thôn|bản|ấp|khu phố|tổ dân phố|buôn|khóm|làng|xóm|khối phố",
}  # fmt: skip
DISTRICT_KINDS = r"huyện|quận|thị xã|thành phố|TP\.?|Huyện|Quận|Thị xã|Thành phố"
COMMUNE_KINDS = r"xã|phường|thị trấn|đặc khu|Xã|Phường|Thị trấn|Đặc khu"
AREA_KINDS = r"thôn|bản|ấp|khu phố|tổ dân phố|buôn|khóm|làng|xóm|khối phố|Thôn|Bản|Ấp|Khu phố|Buôn|Khóm|Làng|Xóm"
LOCAL = re.compile(
    rf"\b(?P<kind>{DISTRICT_KINDS}|{COMMUNE_KINDS}|{AREA_KINDS}) (?P<name>{NAME})(?P<more>(?:(?:,| và|, và) {NAME})*)"
)
MOTTO = re.compile(r"\s*CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")  # stands beside the office's name
HEAD = 700  # letters of the beginning in which a report names its own area
OFFICE = rf"(?:CÔNG AN|UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|ĐẢNG ỦY|ĐẢNG UỶ|BCĐ|BAN CHỈ ĐẠO|MẶT TRẬN|UBMTTQ(?: VIỆT NAM)?|ĐOÀN|HỘI [{UPPER} ]+?)"


@dataclass(frozen=True)
class Place:
    """An area as the text names it; `level` is one of LEVELS."""

    name: str
    level: str


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Every area of areas.csv."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def provinces() -> tuple[tuple[str, str, str, str], ...]:
    """Name, kind, first day, day after the last, of every province since 2015."""
    return tuple(
        (row["name"], row["kind"], row["valid_from"], row["valid_to"]) for row in rows() if row["level"] == "province"
    )


def province_names(on: date | None) -> dict[str, str]:
    """How each province of that day is called: "tỉnh Điện Biên", "TP Hồ Chí Minh"."""
    stamp = on.isoformat() if on else ""
    called = {}
    for name, kind, begins, ends in provinces():
        if not stamp or (begins <= stamp and (not ends or stamp < ends)):
            called[name] = f"{'TP' if kind == 'municipality' else 'tỉnh'} {name}"
    return called


@cache
def _province_pattern() -> "re.Pattern[str]":
    names = sorted({one[0] for one in provinces()}, key=len, reverse=True)
    joined = "|".join(re.escape(one) for one in names)
    return re.compile(
        rf"(?P<kind>(?:[Tt]ỉnh|TỈNH|[Tt]hành phố|TP\.?|THÀNH PHỐ|huyện|thị xã|Công an) )?(?<![\wÀ-ỹ])(?P<name>{joined}|{joined.upper()})(?![\wÀ-ỹ]| Phủ| Đông)"
    )


@cache
def lower_areas() -> dict[str, tuple[dict[str, str], ...]]:
    """Districts and communes of every day since 2015, by name."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows():
        if row["level"] in ("district", "commune"):
            found.setdefault(row["name"].lower(), []).append(row)
    return {name: tuple(alike) for name, alike in found.items()}


@cache
def codes() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["code"], row["level"]): row for row in rows()}


def province_of(name: str, level: str, on: date | None) -> str:
    """The province in which alone a district or commune of that name stood on that day; empty if there are several."""
    stamp = on.isoformat() if on else ""
    titles = set()
    for row in lower_areas().get(name.lower(), ()):
        if row["level"] != level or not (
            row["valid_from"] <= stamp and (not row["valid_to"] or stamp < row["valid_to"])
        ):
            continue
        above = row
        while above["level"] in ("commune", "district") and (above["parent_code"], above["parent_level"]) in codes():
            above = codes()[above["parent_code"], above["parent_level"]]
        titles.add(above["name"])
    only = titles.pop() if len(titles) == 1 else ""
    return province_names(on).get(only, "")


def report_area(text: str, on: date | None) -> Place | None:
    """The area that the report as a whole is about, from its heading, dateline, and how often it is named."""
    text = MOTTO.sub("\n", text)
    province = _province(text, on)
    lower = _lower(text)
    if lower:
        above = province.name if province else province_of(lower.name.split(" ", 1)[1], lower.level, on)
        return Place(
            lower.name if not above or above.split(" ", 1)[1] in lower.name else f"{lower.name}, {above}", lower.level
        )
    if province is None and re.search(r"(?i)toàn quốc|cả nước", text):
        return Place("cả nước", "nation")
    return province


def _province(text: str, on: date | None) -> Place | None:
    today = province_names(on)
    called = province_names(None) | today
    by_upper = {name.upper(): name for name in called}
    points: Counter[str] = Counter()
    for found in _province_pattern().finditer(text):
        kind = (found["kind"] or "").strip().lower()
        if kind in ("huyện", "thị xã"):
            continue
        name = by_upper[found["name"].upper()]
        weight = (3 if found.start() < HEAD else 1) + (2 if kind.startswith(("tỉnh", "tp", "thành phố")) else 0)
        points[name] += weight * (2 if name in today else 1)
    points[HCM] += sum(3 if one.start() < HEAD else 1 for one in re.finditer(HCM_WRITTEN, text)) * 2
    if re.search(r"\bThủ đô\b|CATP Hà Nội|ANTĐ", text):
        points["Hà Nội"] += 4
    if re.search(r"\bĐBP\b|\bĐiện Biên Phủ\b", text):
        points["Điện Biên"] += 3
    best = [name for name, count in points.most_common(1) if count > 0]
    return Place(called[best[0]], "province") if best else None


def _lower(text: str) -> Place | None:
    """A commune, district or hamlet that heads the report and that the rest speaks of as a whole."""
    head = text[:HEAD]
    counts = {
        level: len(
            re.findall(
                rf"(?i:\b(?:toàn|công an|của|các ban ngành|trên địa bàn|trong|cả|nay|ở) (?:{words})|(?:^|[.!?:] )(?:{words})(?= (?:có|đã|hiện|ta|tổ chức)))\b(?! [{UPPER}])",
                text,
            )
        )
        for level, words in LEVELS.items()
    }
    for level, kinds in (
        ("area", AREA_KINDS),
        ("commune", COMMUNE_KINDS),
        ("district", r"huyện|quận|thị xã|Huyện|Quận|Thị xã"),
    ):
        official = re.search(rf"{OFFICE} (?P<kind>{kinds.upper()}) (?P<name>{NAME})", head[:300])
        titled = re.search(rf"(?P<kind>{kinds}) (?P<name>{NAME})", head)
        wider = sum(
            counts[one] for one in counts if list(LEVELS).index(one) < list(LEVELS).index(level) and one != "nation"
        )
        in_title = titled and titled.start() < 140 and titled["kind"][0].isupper()
        is_whole = counts[level] >= 2 - bool(in_title) and counts[level] > wider
        if found := official or (titled if is_whole else None):
            name = found["name"].title() if found["name"].isupper() else found["name"]
            return Place(f"{found['kind'].lower()} {name}", level)
    return None


BRACKETED = re.compile(rf"{LOCAL.pattern}(?: \d+)? ?\($")
BEFORE = re.compile(rf"(?:^\W*|\b(?:[Rr]iêng|[Tt]ại|[Ởở]|[Nn]hư|[Tt]rong đó|[Ll]à|và) (?:các )?){LOCAL.pattern}")
AFTER = re.compile(rf"\b(?:tại|ở|của|thuộc)(?: các)? {LOCAL.pattern}")


def local_place(lead: str, own: str, area: Place | None) -> str:
    """A place that the clause itself names, narrower than the report's: "Riêng huyện Nậm Pồ …", "… tại huyện Nậm Pồ"."""
    before, after = BRACKETED.search(lead) or last_match(BEFORE, lead), AFTER.search(own)
    found = before if lead.endswith("(") else after or before
    if found is None:
        return ""
    more = re.findall(NAME, found["more"] or "")
    name = ", ".join([f"{found['kind'].lower()} {found['name']}", *more])
    return "" if area and name.split(",")[0].lower() in area.name.lower() else name
