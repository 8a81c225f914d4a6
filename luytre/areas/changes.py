"""Changes of the territory: one person drafts, another puts into force; what was a mistake is undone whole."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luytre import audit
from luytre.areas import locks, planning, standings
from luytre.areas.models import Area, Level, Scope, Succession
from luytre.areas.models.changes import ChangeEffect, ChangeLine, ChangeState, TerritoryChange
from luytre.areas.planning import Opening, Plan, Problem


class Refused(Exception):
    """The change cannot be made; `problems` say why, row by row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.words for problem in self.problems))


class OwnChange(Exception):
    """Nobody puts into force what they drafted, nor undoes what they put into force (rights rule R11)."""


class WrongState(Exception):
    """The change was decided on before."""


def check(lines: Sequence[ChangeLine], *, on: Any, scope: Scope) -> Plan:
    """The plan of some lines, with all that stands against them."""
    plan = planning.plan(lines, on=on)
    for line in lines:
        if not in_reach(line, plan, scope):
            plan.refuse(line.number, _("This is not yours to change: it lies outside your area, or at a higher level."))
    return plan


def in_reach(line: ChangeLine, plan: Plan, scope: Scope) -> bool:
    """Communes and provinces belong to the nation's desk; a province's desk has the residential areas in it."""
    if scope.is_national:
        return True
    places = [line.before, plan.find(line.level, line.code)]
    return line.level == Level.RESIDENTIAL and all(scope.covers(place.path) for place in places if place)


@transaction.atomic
def draft(change: TerritoryChange, lines: Sequence[ChangeLine], *, by: Any, scope: Scope) -> TerritoryChange:
    """Keep a change that could be made; nothing of the territory moves yet."""
    plan = check(lines, on=change.on, scope=scope)
    if plan.problems or not lines:
        raise Refused(plan.problems)
    change.area, change.drafted_by = common(plan), by
    change.save(force_insert=True)
    for line in lines:
        line.change, line.before_name = change, f"{line.before.full_name} ({line.before.code})" if line.before else ""
    ChangeLine.objects.bulk_create(lines)
    audit.record(change, "territory_drafted", by=by, area_path=change.area.path)
    return change


def common(plan: Plan) -> Area:
    """The place that holds everything the change speaks of."""
    paths = [area.path for area in plan.closings.values()] + [one.parent.path for one in plan.openings.values()]
    shared = paths[0]
    while not all(path.startswith(shared) for path in paths):
        shared = shared[: shared.rindex(".", 0, -1) + 1]
    if shared in {area.path for area in plan.closings.values()}:
        shared = shared[: shared.rindex(".", 0, -1) + 1]
    return Area.objects.filter(path=shared).latest("valid_from")


def lines_of(change: TerritoryChange) -> list[ChangeLine]:
    return list(change.lines.select_related("before__parent"))


def plan_of(change: TerritoryChange) -> Plan:
    """What the change would do today; other changes may have come between since it was drafted."""
    return planning.plan(lines_of(change), on=change.on)


def locked(change: TerritoryChange, state: ChangeState) -> TerritoryChange:
    current = TerritoryChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if current.state != state:
        raise WrongState(current.state)
    return current


@transaction.atomic
def withdraw(change: TerritoryChange, *, by: Any, at: datetime) -> None:
    current = locked(change, ChangeState.DRAFT)
    current.withdrawn_by, current.withdrawn_at = by, at
    current.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(current, "territory_withdrawn", by=by, area_path=current.area.path)


@transaction.atomic
def put_into_force(change: TerritoryChange, *, by: Any, at: datetime) -> None:
    """Close and open places, say who takes over whom, and let every record stand where it now belongs."""
    with locks.changing():
        current = locked(change, ChangeState.DRAFT)
        if by.pk == current.drafted_by_id:
            raise OwnChange(current)
        plan = plan_of(current)
        if plan.problems:
            raise Refused(plan.problems)
        moved = standings.touching(plan.closings)
        closed, opened = close(plan), open_all(plan, current)
        follow_on(plan, opened, current)
        standings.rebuild(of=moved | {area.pk for area in opened.values()})
        remember(current, closed, list(opened.values()), by=by)
        current.in_force_by, current.in_force_at = by, at
        current.save(update_fields=["in_force_by", "in_force_at"])
        audit.record(current, "territory_changed", by=by, area_path=current.area.path)


def close(plan: Plan) -> list[Area]:
    areas = list(plan.closings.values())
    Area.objects.filter(pk__in=plan.closings).update(valid_to=plan.on)
    return areas


def open_all(plan: Plan, change: TerritoryChange) -> dict[str, Area]:
    """The places that begin, by their path: from above, so that a parent has its key."""
    opened: dict[str, Area] = {}
    models = {heir.after.path: heir.before for heir in reversed(plan.heirs) if heir.is_main}
    for level in planning.DOWNWARDS:
        rows = [
            begun(one, change, opened, models.get(one.path)) for one in plan.openings.values() if one.level == level
        ]
        Area.objects.bulk_create(rows, batch_size=2000)
        opened.update({area.path: area for area in rows})
    return opened


def begun(opening: Opening, change: TerritoryChange, opened: dict[str, Area], model: Area | None) -> Area:
    """`model` is the first of the places it takes over: where it lies on the map, and whether it is made up."""
    parent = opening.parent if isinstance(opening.parent, Area) else opened[opening.parent.path]
    area = Area(
        code=opening.code,
        level=opening.level,
        kind=opening.kind,
        name=opening.name,
        parent=parent,
        valid_from=change.on,
        legal_basis=change.legal_basis,
        is_sample=(model or parent).is_sample,
        latitude=model.latitude if model else None,
        longitude=model.longitude if model else None,
    )
    area.fill_derived()
    return area


def follow_on(plan: Plan, opened: dict[str, Area], change: TerritoryChange) -> None:
    Succession.objects.bulk_create(
        Succession(
            before=heir.before,
            after=heir.after if isinstance(heir.after, Area) else opened[heir.after.path],
            on=change.on,
            is_main=heir.is_main,
            share=heir.share,
            legal_basis=change.legal_basis,
        )
        for heir in plan.heirs
    )


def remember(change: TerritoryChange, closed: list[Area], opened: list[Area], *, by: Any) -> None:
    ChangeEffect.objects.bulk_create(
        ChangeEffect(change=change, area=area, is_opened=is_opened, name=area.full_name, path=area.path)
        for areas, is_opened in ((closed, False), (opened, True))
        for area in areas
    )
    audit.record_each(closed, "place_closed", by=by, paths={area.pk: area.path for area in closed})
    audit.record_each(opened, "place_opened", by=by, paths={area.pk: area.path for area in opened})
