"""What a change would do, worked out without writing: which places end, which begin, who takes over whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from luytre.areas.models import Area, Kind, Level
from luytre.areas.models.changes import LEVEL_OF, ChangeLine

ABOVE = {Level.PROVINCE: Level.NATION, Level.COMMUNE: Level.PROVINCE, Level.RESIDENTIAL: Level.COMMUNE}
DOWNWARDS = [str(level) for level in ABOVE]
Key = tuple[str, str]  # level and code


class Problem(NamedTuple):
    """Why a line cannot be done, in a plain sentence; row 0 is the change as a whole."""

    row: int
    words: str


@dataclass
class Opening:
    """A place that would begin; `parent` is one that stands, or another that would begin."""

    level: str
    code: str
    name: str
    kind: str
    parent: "Area | Opening"
    row: int

    @property
    def path(self) -> str:
        return f"{self.parent.path}{self.code}."


Target = Area | Opening


class Heir(NamedTuple):
    """Who takes over a place that ends, and which part of it."""

    before: Area
    after: Target
    is_main: bool
    share: Decimal | None


@dataclass
class Plan:
    """All that would be written, and all that stands against it."""

    on: date
    there: dict[Key, list[Area]]
    closings: dict[int, Area] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    openings: dict[Key, Opening] = field(default_factory=dict)
    heirs: list[Heir] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, row: int, words: str) -> None:
        if Problem(row, words) not in self.problems:
            self.problems.append(Problem(row, words))

    def close(self, area: Area, row: int) -> None:
        self.closings[area.pk] = area
        self.rows.setdefault(area.pk, row)

    def standing(self, level: str, code: str) -> Area | None:
        """The place of that code that stands on the day and goes on, untouched by this change."""
        rows = [area for area in self.others(level, code) if area.valid_from <= self.on]
        return next((area for area in rows if area.valid_to is None), None)

    def others(self, level: str, code: str) -> list[Area]:
        return [area for area in self.there.get((level, code), []) if area.pk not in self.closings]

    def find(self, level: str, code: str) -> Target | None:
        return self.openings.get((level, code)) or self.standing(level, code)


def plan(lines: Sequence[ChangeLine], *, on: date) -> Plan:
    made = Plan(on, there(lines, on))
    for line in lines:
        check_before(made, line)
    for (level, code), many in by_target(made, lines).items():
        find_target(made, level, code, many)
    for before, many in by_place(lines).items():
        name_heirs(made, before, many)
    check_something_changes(made)
    for level in DOWNWARDS[:-1]:
        take_along(made, level)
    return made


def there(lines: Iterable[ChangeLine], on: date) -> dict[Key, list[Area]]:
    """Every place with a code that the lines speak of and that has not ended by then."""
    codes = {code for line in lines for code in (line.code, line.parent_code, parent_code(line.before)) if code}
    found: dict[Key, list[Area]] = defaultdict(list)
    rows = Area.objects.filter(Q(code__in=codes) | Q(level=Level.NATION), not_over(on)).select_related("parent")
    for area in rows:
        found[area.level, area.code].append(area)
    return found


def not_over(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=on)


def parent_code(area: Area | None) -> str:
    return area.path.split(".")[-3] if area and area.parent_id else ""


def by_place(lines: Iterable[ChangeLine]) -> dict[Area, list[ChangeLine]]:
    found: dict[Area, list[ChangeLine]] = defaultdict(list)
    for line in lines:
        if line.before and line.code:
            found[line.before].append(line)
    return found


def by_target(made: Plan, lines: Iterable[ChangeLine]) -> dict[Key, list[ChangeLine]]:
    """What is said of each place to be, from above, so that a place is known before what lies in it."""
    found: dict[Key, list[ChangeLine]] = defaultdict(list)
    for line in lines:
        if not line.code:
            continue
        if line.level not in ABOVE or (line.before and line.before.level != line.level):
            made.refuse(line.number, _("This kind of place belongs to another level."))
        else:
            found[line.level, line.code].append(line)
    return dict(sorted(found.items(), key=lambda one: DOWNWARDS.index(one[0][0])))


def check_before(made: Plan, line: ChangeLine) -> None:
    """A place can change only while it stands, and not before a change that came later."""
    area = line.before
    if area is None:
        if line.before_name:
            made.refuse(line.number, _("%(place)s is gone: its change was undone.") % {"place": line.before_name})
        return
    words = {"place": area.full_name, "day": shown(made.on), "end": shown(area.valid_to)}
    if area.level not in ABOVE:
        made.refuse(line.number, _("%(place)s cannot be changed.") % words)
    elif area.valid_to:
        made.refuse(line.number, _("%(place)s ends on %(end)s by another change. Undo that one first.") % words)
    elif area.valid_from >= made.on:
        made.refuse(line.number, _("%(place)s did not stand yet before %(day)s.") % words)
    made.close(area, line.number)


def shown(moment: date | None) -> str:
    return moment.strftime("%d/%m/%Y") if moment else ""


# places to be


def find_target(made: Plan, level: str, code: str, lines: list[ChangeLine]) -> None:
    """The code of another place that goes on takes the others in; any other code is a place that begins."""
    standing = made.standing(level, code)
    if standing:
        check_unchanged(made, standing, lines)
    elif made.others(level, code):
        made.refuse(lines[0].number, _("The code %(code)s belongs to another place after that day.") % {"code": code})
    else:
        open_one(made, level, code, lines)


def check_unchanged(made: Plan, standing: Area, lines: list[ChangeLine]) -> None:
    """It stays as it is; to change it too, it must have a line of its own."""
    for line in lines:
        if line.before is None:
            made.refuse(line.number, _("The code %(code)s is in use.") % {"code": line.code})
        elif says_otherwise(line, standing):
            words = _("%(place)s stands already. To change it as well, give it a line of its own.")
            made.refuse(line.number, words % {"place": standing.full_name})


def says_otherwise(line: ChangeLine, area: Area) -> bool:
    facts = ((line.name, area.name), (line.kind, area.kind), (line.parent_code, parent_code(area)))
    return any(told and told != is_now for told, is_now in facts)


def open_one(made: Plan, level: str, code: str, lines: list[ChangeLine]) -> None:
    model = next((line.before for line in lines if line.before and line.before.code == code), lines[0].before)
    told = [agreed(lines, name) for name in ("name", "kind", "parent_code")]
    row = lines[0].number
    if None in told:
        made.refuse(row, _("The lines about the code %(code)s do not say the same.") % {"code": code})
        return
    name = told[0] or (model.name if model else "")
    kind = told[1] or (model.kind if model else "")
    parent = find_parent(made, level, told[2] or parent_code(model))
    if parent is None:
        made.refuse(row, _("The place above %(code)s does not stand on that day.") % {"code": code})
    elif not name or not kind:
        made.refuse(row, _("A new place needs a name and a kind."))
    else:
        made.openings[level, code] = Opening(level, code, name, kind, parent, row)
        if LEVEL_OF.get(Kind(kind)) != level:
            made.refuse(row, _("This kind of place belongs to another level."))


def agreed(lines: list[ChangeLine], name: str) -> str | None:
    """What the lines say; nothing when they contradict each other."""
    told = {getattr(line, name) for line in lines} - {""}
    return None if len(told) > 1 else next(iter(told), "")


def find_parent(made: Plan, level: str, code: str) -> Target | None:
    above = ABOVE[Level(level)]
    if above == Level.NATION:
        return next((area for (which, _code), rows in made.there.items() if which == above for area in rows), None)
    return made.find(above, code)


# who takes over


def name_heirs(made: Plan, before: Area, lines: list[ChangeLine]) -> None:
    row, words = lines[0].number, {"place": before.full_name}
    if any(line.share for line in lines) and sum(line.share or 0 for line in lines) != 1:
        made.refuse(row, _("The shares of %(place)s must add up to 1.") % words)
    if len(lines) > 1 and sum(line.is_main for line in lines) != 1:
        made.refuse(row, _("Say which one place takes over the records of %(place)s.") % words)
    if len({line.code for line in lines}) < len(lines):
        made.refuse(row, _("%(place)s goes to the same place twice.") % words)
        return
    for line in lines:
        after = made.find(line.level, line.code)
        if after:
            made.heirs.append(
                Heir(before, after, line.is_main or len(lines) == 1, line.share if len(lines) > 1 else None)
            )


def check_something_changes(made: Plan) -> None:
    befores, afters = Counter(heir.before.pk for heir in made.heirs), Counter(heir.after.path for heir in made.heirs)
    for heir in made.heirs:
        is_alone = befores[heir.before.pk] == 1 == afters[heir.after.path]
        facts = [(place.path, place.name, place.kind) for place in (heir.before, heir.after)]
        if is_alone and facts[0] == facts[1]:
            words = _("This line changes nothing of %(place)s.") % {"place": heir.before.full_name}
            made.refuse(made.rows[heir.before.pk], words)


def take_along(made: Plan, level: str) -> None:
    """What lies in a place that ends goes with its main heir, unless a line of its own says otherwise."""
    afters = {heir.before.pk: heir.after for heir in made.heirs if heir.is_main}
    ending = {area.path: area for area in made.closings.values() if area.level == level}
    moved = {path: area for path, area in ending.items() if getattr(afters.get(area.pk), "path", "") != path}
    for child in Area.objects.filter(not_over(made.on), parent__path__in=list(moved)).order_by("path"):
        if child.pk not in made.closings:
            above = moved[child.path[: child.path.rindex(".", 0, -1) + 1]]
            take_child(made, child, above, afters.get(above.pk))


def take_child(made: Plan, child: Area, above: Area, after: Target | None) -> None:
    words = {"child": child.full_name, "place": above.full_name, "day": shown(made.on)}
    row = made.rows[above.pk]
    if after is None:
        made.refuse(row, _("%(child)s lies in %(place)s, which ends. Say where it goes.") % words)
    elif child.valid_to or child.valid_from >= made.on:
        made.refuse(row, _("%(child)s was changed or set up after %(day)s. Undo that first.") % words)
    else:
        made.close(child, row)
        opening = Opening(child.level, child.code, child.name, child.kind, after, row)
        made.openings[child.level, child.code] = opening
        made.heirs.append(Heir(child, opening, True, None))
