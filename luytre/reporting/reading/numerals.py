"""Vietnamese numbers: digits with dots, commas and scale words, and numbers written out."""

import re
from decimal import Decimal

DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)?"
SCALES = {"chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
SCALE = r"(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)"
UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
ONE = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
AFTER = r"(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
TENS_SAID = rf"mười(?: (?:một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|bẩy|tám|chín))?|{ONE} (?:mươi|chục)(?: {AFTER})?"
TENS = rf"(?:{TENS_SAID}|{ONE} {AFTER})"
HUNDREDS = rf"{ONE} trăm(?: (?:linh|lẻ) {ONE}| (?:rưỡi|{TENS}))?"
BELOW_HUNDRED = rf"(?:{TENS}|{ONE})"
BELOW_THOUSAND = rf"(?:{HUNDREDS}|{BELOW_HUNDRED})"
WORDS = (
    rf"{BELOW_THOUSAND} (?:nghìn|ngàn|triệu|tỷ|tỉ)(?: (?:không trăm )?(?:linh |lẻ )?{BELOW_THOUSAND})?"
    rf"|{HUNDREDS}|{TENS_SAID}|{ONE}"
)
PART = re.compile(rf"{DIGITS}|{SCALE}")


def of_digits(written: str) -> Decimal:
    """2.135 and 1 200 are whole; 98,5 and 98.5 have a part; 1,350 is whole, since no part has three places here."""
    written = written.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        return Decimal(written.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", written):
        return Decimal(written.replace(",", ""))
    return Decimal(written.replace(",", "."))


def of_scaled(written: str) -> Decimal:
    """1,2 nghìn; 1 tỷ 500 triệu; 3 chục nghìn; 16 nghìn."""
    total, held = Decimal(0), Decimal(0)
    for part in PART.findall(written):
        if part in SCALES:
            held *= SCALES[part]
            if SCALES[part] >= 1000:
                total, held = total + held, Decimal(0)
        else:
            held += of_digits(part)
    return total + held


def of_words(written: str) -> int:
    """hai mươi mốt; một trăm linh năm; ba mươi lăm nghìn."""
    total = hundreds = digit = 0
    for word in written.lower().split():
        if word == "mười":
            hundreds, digit = hundreds + 10, 0
        elif word in ("mươi", "chục"):
            hundreds, digit = hundreds + digit * 10, 0
        elif word == "trăm":
            hundreds, digit = hundreds + digit * 100, 0
        elif word == "rưỡi":
            digit = 50
        elif word in SCALES:
            total, hundreds, digit = total + (hundreds + digit) * SCALES[word], 0, 0
        elif word in UNITS:
            hundreds, digit = (hundreds, UNITS[word]) if not digit else (hundreds + digit * 10, UNITS[word])
    return total + hundreds + digit
