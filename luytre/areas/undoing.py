"""The undoing of a change: the places that ended stand again, as if it had never been in force."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError
from django.utils.translation import gettext as _

from luytre import audit
from luytre.areas import locks, standings
from luytre.areas.changes import OwnChange, Refused, locked
from luytre.areas.models import Area, Succession
from luytre.areas.models.changes import ChangeState, TerritoryChange
from luytre.areas.planning import Problem, not_over, shown

NAMED = 5


def closed_by(change: TerritoryChange) -> QuerySet[Area]:
    return Area.objects.filter(effects__change=change, effects__is_opened=False)


def opened_by(change: TerritoryChange) -> QuerySet[Area]:
    return Area.objects.filter(effects__change=change, effects__is_opened=True)


def obstacles(change: TerritoryChange) -> list[Problem]:
    """What came later and would be left without ground; the first few."""
    opened = set(opened_by(change).values_list("pk", flat=True))
    told: dict[str, Sequence[Area] | QuerySet[Area]] = {
        _("%(place)s was changed again from %(day)s."): changed_again(opened),
        _("%(place)s was set up in it later."): set_up_in(opened),
        _("%(place)s has become part of it since."): taken_in(change, opened),
        _("The code of %(place)s belongs to another place by now."): in_the_way(change, opened),
        _("What %(place)s lay in has changed since."): groundless(change, opened),
    }
    return [Problem(0, sentence % words(area)) for sentence, areas in told.items() for area in areas[:NAMED]]


def words(area: Area) -> dict[str, str]:
    return {"place": area.full_name, "day": shown(area.valid_to)}


def changed_again(opened: set[int]) -> QuerySet[Area]:
    return Area.objects.filter(pk__in=opened).exclude(valid_to=None)


def set_up_in(opened: set[int]) -> QuerySet[Area]:
    return Area.objects.filter(parent__in=opened).exclude(pk__in=opened)


def taken_in(change: TerritoryChange, opened: set[int]) -> QuerySet[Area]:
    return Area.objects.filter(successions__after__in=opened).exclude(pk__in=closed_by(change)).distinct()


def in_the_way(change: TerritoryChange, opened: set[int]) -> list[Area]:
    """A former place whose code somebody else bears by now."""
    closed = list(closed_by(change))
    rows = Area.objects.filter(not_over(change.on), code__in={area.code for area in closed})
    taken = set(rows.exclude(pk__in={*opened, *(area.pk for area in closed)}).values_list("level", "code"))
    return [area for area in closed if (area.level, area.code) in taken]


def groundless(change: TerritoryChange, opened: set[int]) -> list[Area]:
    """A former place in one that stands no more."""
    closed = list(closed_by(change).select_related("parent"))
    again = {area.path for area in closed}
    above = {area.parent.path for area in closed if area.parent} - again
    standing = Area.objects.filter(path__in=above, valid_to=None).exclude(pk__in=opened)
    lost = above - set(standing.values_list("path", flat=True))
    return [area for area in closed if area.parent and area.parent.path in lost]


@transaction.atomic
def undo(change: TerritoryChange, *, by: Any, at: datetime, reason: str) -> None:
    with locks.changing():
        current = locked(change, ChangeState.IN_FORCE)
        if by.pk == current.in_force_by_id:
            raise OwnChange(current)
        if problems := obstacles(current):
            raise Refused(problems)
        take_back(current, by=by)
        current.undone_by, current.undone_at, current.undo_reason = by, at, reason
        current.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        audit.record(current, "territory_undone", by=by, area_path=current.area.path)


def take_back(change: TerritoryChange, *, by: Any) -> None:
    closed, opened = list(closed_by(change)), list(opened_by(change))
    pks = {area.pk for area in opened}
    moved = standings.touching({area.pk for area in closed} | pks) - pks
    former = {area.pk: area.lead_id for area in Area.objects.filter(lead__in=pks).exclude(pk__in=pks) if area.lead_id}
    moved |= former.keys()
    Succession.objects.filter(before__in=closed).delete()
    audit.record_each(opened, "place_taken_back", by=by, paths={area.pk: area.path for area in opened})
    TerritoryChange.objects.filter(area__in=pks).update(area=change.area)
    delete(opened)
    Area.objects.filter(pk__in=[area.pk for area in closed]).update(valid_to=None)
    audit.record_each(closed, "place_reopened", by=by, paths={area.pk: area.path for area in closed})
    standings.rebuild(of=moved, former=former)


def delete(areas: Iterable[Area]) -> None:
    """Places that nobody has used yet; a record entered for one of them stays, so the undoing is refused."""
    pks = [area.pk for area in areas]
    Area.objects.filter(lead__in=pks).update(lead=None)
    try:
        with transaction.atomic():
            Area.objects.filter(pk__in=pks).update(parent=None)
            Area.objects.filter(pk__in=pks).delete()
    except (ProtectedError, RestrictedError) as error:
        rows = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
        kinds = sorted({str(row._meta.verbose_name_plural) for row in rows})
        told = _("Something was recorded for the new places since: %(kinds)s (%(count)d). Make a new change instead.")
        raise Refused([Problem(0, told % {"kinds": ", ".join(kinds), "count": len(rows)})]) from error
