"""Numbers as people type them: "1.234", "12,5", "gần 16.000"; anything else says what is wrong with it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.common.numbers import Qualifier, format_number
from luytre.common.text import clean, fold
from luytre.reporting.models.facts import SCALE

LARGEST = 10**13
PARTED_UNITS = frozenset({"kg", "km"})  # everything else is counted in whole things
BEFORE = {
    "gan": Qualifier.NEARLY,
    "nearly": Qualifier.NEARLY,
    "khoang": Qualifier.ABOUT,
    "about": Qualifier.ABOUT,
    "~": Qualifier.ABOUT,
    "tren": Qualifier.MORE_THAN,
    "hon": Qualifier.MORE_THAN,
    "more than": Qualifier.MORE_THAN,
    ">": Qualifier.MORE_THAN,
}
WORDED = re.compile(rf"^({'|'.join(map(re.escape, BEFORE))})\s*(?=[\d-])")
NUMBER = re.compile(r"^(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:[.,](?P<rest>\d+))?$")


class NotANumber(ValueError):
    """What was typed cannot be taken as an amount; `words` says what to mend."""

    words: str | Promise = _("This is no number. Write digits only, such as 1.234 or 12,5.")


class Negative(NotANumber):
    words = _("Less than nothing cannot be reported. Check the sign.")


class TooLarge(NotANumber):
    words = _("This number is too large. Check how many digits it has.")


class TooFine(NotANumber):
    words = _("At most two digits may follow the comma; thousands are parted by a dot, as in 1.234.")


class NotWhole(NotANumber):
    words = _("This is counted in whole numbers; nothing may follow the comma.")


@dataclass(frozen=True)
class Amount:
    """A typed number in hundredths, and how exact it is."""

    hundredths: int
    qualifier: Qualifier = Qualifier.EXACT

    @property
    def value(self) -> Decimal:
        return Decimal(self.hundredths) / SCALE

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)


def parse(text: str, *, unit: str = "", qualifier: Qualifier = Qualifier.EXACT) -> Amount | None:
    """Nothing for an empty cell; raises NotANumber. A word before the number says how exact it is."""
    typed = clean(text)
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < len(str(LARGEST)):
        return Amount(int(typed) * SCALE, qualifier)  # what nearly all cells are
    folded = fold(typed)
    if worded := WORDED.match(folded):
        qualifier = BEFORE[worded[1]]
        folded = folded[worded.end() :].strip()
    return Amount(hundredths(folded, unit), qualifier)


def hundredths(digits: str, unit: str) -> int:
    if re.match(r"^[-−]\s*\d", digits):
        raise Negative(digits)
    found = NUMBER.match(digits)
    if not found:
        raise NotANumber(digits)
    whole, rest = int(re.sub(r"\D", "", found["whole"])), (found["rest"] or "").rstrip("0")
    if whole > LARGEST:
        raise TooLarge(digits)
    if len(rest) > 2:
        raise TooFine(digits)
    if rest and unit not in PARTED_UNITS:
        raise NotWhole(digits)
    return whole * SCALE + int(rest.ljust(2, "0") or 0)


def plain(hundredths: int | None) -> str:
    """As it stands in an input: 1234 or 12,5; nothing for a cell that is empty."""
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, SCALE)
    return f"{whole},{rest:02}".rstrip("0") if rest else f"{whole}"
