"""Names of initiatives and kinds of group that everybody starts from; provinces add their own."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from luytre.areas.models import Area, Level
from luytre.registry.models import EquipmentItem, GroupKind, Initiative, ScaleGrade, TrainingTopic
from luytre.registry.models.types import ALIASES
from luytre.ui import other_names

FOLDER = Path(__file__).parent
other_names.add(FOLDER / "other_names.csv")


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@transaction.atomic
def sync_group_kinds() -> int:
    """Bring the kinds of group in line with the list; returns how many were new or changed."""
    before = {kind.code: kind for kind in GroupKind.objects.all()}
    changed = [kind for row in read("group_kinds.csv") if (kind := kind_of(row, before.get(row["code"])))]
    for kind in changed:
        kind.save()
    return len(changed)


def kind_of(row: dict[str, str], kind: GroupKind | None) -> GroupKind | None:
    """The kind as the list has it, or nothing when it stands so already."""
    ended = row["last_collected_on"]
    wanted = {
        "vi_name": row["vi_name"],
        "en_name": row["en_name"],
        "is_mass": row["is_mass"] == "1",
        "is_cluster": row["is_cluster"] == "1",
        "last_collected_on": date.fromisoformat(ended) if ended else None,
        "aliases": row["aliases"],
    }
    if kind and all(getattr(kind, name) == value for name, value in wanted.items()):
        return None
    kind = kind or GroupKind(code=row["code"])
    for name, value in wanted.items():
        setattr(kind, name, value)
    return kind


@transaction.atomic
def sync_initiatives() -> int:
    """Bring the nation's initiatives in line with the list; a name that a province made stays the province's."""
    nation = Area.objects.get(level=Level.NATION)
    before = {one.name: one for one in Initiative.objects.prefetch_related("merged__before")}
    changed = 0
    for row in read("initiatives.csv"):
        initiative = before.get(row["name"]) or Initiative(name=row["name"], area=nation)
        wanted = {**row, "aliases": with_merged(row["aliases"], initiative)}
        stands = all(getattr(initiative, name) == value for name, value in wanted.items())
        if stands or initiative.area_id != nation.pk:
            continue
        for name, value in wanted.items():
            setattr(initiative, name, value)
        initiative.save()
        changed += 1
    return changed


def with_merged(aliases: str, initiative: Initiative) -> str:
    """The list's other names, and those of types that were merged into this one."""
    listed = [one for one in aliases.split("|") if one]
    merged = [one.before for one in initiative.merged.all()] if initiative.pk else []
    names = [name for one in merged for name in (one.name, *one.other_names)]
    return "|".join(dict.fromkeys([*listed, *names]))[:ALIASES]


@transaction.atomic
def sync_scale() -> int:
    """The nation's grades, for every province that has no scale of its own; none is changed once it is there."""
    nation = Area.objects.get(level=Level.NATION)
    known = set(ScaleGrade.objects.filter(area=nation).values_list("vi_name", flat=True))
    missing = [row for row in read("scale_grades.csv") if row["vi_name"] not in known]
    for row in missing:
        ScaleGrade.objects.create(area=nation, **row)
    return len(missing)


@transaction.atomic
def sync_training_topics() -> int:
    """Bring the topics that members are trained in in line with the list; in its order."""
    before = {topic.code: topic for topic in TrainingTopic.objects.all()}
    changed = 0
    for position, row in enumerate(read("training_topics.csv")):
        topic = before.get(row["code"]) or TrainingTopic(code=row["code"])
        wanted = {
            "vi_name": row["vi_name"],
            "en_name": row["en_name"],
            "position": position,
            "valid_months": int(row["valid_months"]),
            "guards_need_it": row["guards_need_it"] == "1",
            "groups_need_it": row["groups_need_it"] == "1",
        }
        if topic.pk and all(getattr(topic, name) == value for name, value in wanted.items()):
            continue
        for name, value in wanted.items():
            setattr(topic, name, value)
        topic.save()
        changed += 1
    return changed


@transaction.atomic
def sync_equipment() -> int:
    """Bring the items of a guard team's equipment and their norms in line with the list."""
    before = {item.code: item for item in EquipmentItem.objects.all()}
    changed = 0
    for position, row in enumerate(read("equipment.csv")):
        item = before.get(row["code"]) or EquipmentItem(code=row["code"])
        wanted = {name: row[name] for name in ("vi_name", "en_name", "legal_basis")}
        numbers = {"percent": int(row["percent"]), "position": position}
        if item.pk and all(getattr(item, name) == value for name, value in {**wanted, **numbers}.items()):
            continue
        for name, value in {**wanted, **numbers}.items():
            setattr(item, name, value)
        item.save()
        changed += 1
    return changed
