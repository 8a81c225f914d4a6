"""Bodies, kinds of events and kinds of hazards that everybody starts from."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from luytre.activities.models import Body, EventKind, HazardKind
from luytre.activities.models.lists import Listed

HERE = Path(__file__).parent


def rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@transaction.atomic
def sync_duty_lists() -> int:
    """Bring the three lists in line with their files; returns how many entries were new or changed."""
    changed = sum(
        bring(Body, row, goes_on_patrol=bool(row["goes_on_patrol"]), mends_places=bool(row["mends_places"]))
        for row in rows("bodies.csv")
    )
    changed += sum(bring(EventKind, row) for row in rows("event_kinds.csv"))
    owners = {body.code: body for body in Body.objects.all()}
    return changed + sum(
        bring(HazardKind, row, usual_owner=owners[row["usual_owner"]], usual_days=int(row["usual_days"]))
        for row in rows("hazard_kinds.csv")
    )


def bring(model: type[Listed], row: dict[str, str], **more: Any) -> bool:
    said = {"vi_name": row["vi_name"], "en_name": row["en_name"], **more}
    entry = model._default_manager.filter(code=row["code"]).first() or model(code=row["code"])
    if entry.pk and all(getattr(entry, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(entry, name, value)
    entry.save()
    return True
