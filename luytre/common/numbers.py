"""Counts with their qualifier: an approximate part makes an approximate total."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class Qualifier(TextChoices):
    """How exact a number is, as its author wrote it."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    NEARLY = "nearly", _("nearly")
    MORE_THAN = "more_than", _("more than")


def combined(qualifiers: Iterable[str]) -> Qualifier:
    """Exact parts change nothing; "nearly" and "more than" together are only "about"."""
    inexact = set(qualifiers) - {Qualifier.EXACT, ""}
    if not inexact:
        return Qualifier.EXACT
    return Qualifier(inexact.pop()) if len(inexact) == 1 else Qualifier.ABOUT


@dataclass(frozen=True)
class Quantity:
    """A number and how exact it is."""

    value: Decimal | int
    qualifier: Qualifier = Qualifier.EXACT

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.value + other.value, combined([self.qualifier, other.qualifier]))

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)


def format_number(value: Decimal | int | None, qualifier: str = Qualifier.EXACT) -> str:
    """2.135, 98,5, "gần 1.600": the way people write numbers in the language in use."""
    if value is None:
        return "–"
    places = 0 if value == int(value) else 1
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)  # Django itself cuts off
    written = formats.number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)
    match qualifier:
        case Qualifier.NEARLY:
            return pgettext("number", "nearly %(number)s") % {"number": written}
        case Qualifier.ABOUT:
            return pgettext("number", "about %(number)s") % {"number": written}
        case Qualifier.MORE_THAN:
            return pgettext("number", "more than %(number)s") % {"number": written}
    return written
