"""Figures in the words of the screen, in the language of the reader."""

from django.utils.translation import gettext as _

from luytre.common import periods
from luytre.common.numbers import Qualifier, format_number
from luytre.common.periods import Calendar, Window
from luytre.reporting.figures import Change, Figure, size
from luytre.reporting.models import Behaviour


def change_words(change: Change) -> str:
    """Against the same window last year, in a sentence."""
    now, then = change.now, change.then
    if now.value is None or then.value is None:
        return ""
    if not then.value:
        return _("none recorded in the same window last year") if now.value else ""
    if not is_exact(change):
        return _("%(number)s in the same window last year") % {"number": then}
    if not change.difference:
        return _("the same as last year")
    return moved(change)


def moved(change: Change) -> str:
    difference = change.difference or 0
    told = {"number": format_number(size(difference)), "rate": format_number(size(change.rate))}
    if change.now.definition.behaviour == Behaviour.RATIO:
        points = _("up %(number)s points on last year"), _("down %(number)s points on last year")
        return (points[0] if difference > 0 else points[1]) % told
    counts = _("up %(number)s (%(rate)s%%) on last year"), _("down %(number)s (%(rate)s%%) on last year")
    return (counts[0] if difference > 0 else counts[1]) % told


def is_exact(change: Change) -> bool:
    return change.now.qualifier == change.then.qualifier == Qualifier.EXACT


def direction(change: Change) -> str:
    """Which arrow stands beside the words; none where a count is only approximate."""
    if not change.then.value or change.difference is None or not is_exact(change):
        return ""
    return "up" if change.difference > 0 else "down" if change.difference < 0 else "same"


def exactness(figure: Figure) -> str:
    """ "nearly" and its kin; an estimate says so."""
    if figure.qualifier != Qualifier.EXACT:
        return str(figure.qualifier.label)
    return _("estimated") if figure.is_estimate else ""


def eight_months(year: int, calendar: Calendar) -> Window:
    name = _("8 months of %(year)d") % {"year": year}
    return periods.months(year, 8, count=8, calendar=calendar, name=name)
