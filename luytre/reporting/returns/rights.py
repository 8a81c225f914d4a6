"""Whose return is whose: who may send it in, and who stands above it."""

from datetime import date

from django.urls import reverse

from luytre.areas.models import Area, Level, Scope


def above(path: str) -> str:
    """The path right above: `0.11.` for `0.11.03325.`."""
    return path[: path[:-1].rfind(".") + 1]


def may_write(scope: Scope, area: Area) -> bool:
    """One's own unit; a commune also writes for its residential areas, whose heads may have no account."""
    here = area.path_on(scope.on)
    return here in scope.paths or (area.level == Level.RESIDENTIAL and above(here) in scope.paths)


def may_approve(scope: Scope, area: Area) -> bool:
    """The office right above; in a commune its leader, as the second person."""
    here = area.path_on(scope.on)
    return above(here) in scope.paths or (area.level == Level.COMMUNE and here in scope.paths)


def records_url(code: str, area: Area, first_day: date, last_day: date) -> str:
    """The very records behind a number."""
    query = f"area={area.code}&from={first_day:%Y-%m-%d}&to={last_day:%Y-%m-%d}"
    return f"{reverse('reporting:records', args=[code])}?{query}"
