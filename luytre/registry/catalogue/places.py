"""Kinds of public place that everybody starts from."""

from django.db import transaction

from luytre.registry.catalogue import read
from luytre.registry.models.places import PlaceKind


@transaction.atomic
def sync_place_kinds() -> int:
    """Bring the kinds in line with the list; returns how many were new or changed."""
    before = {kind.code: kind for kind in PlaceKind.objects.all()}
    changed = 0
    for row in read("place_kinds.csv"):
        kind = before.get(row["code"]) or PlaceKind(code=row["code"])
        if (kind.vi_name, kind.en_name) != (row["vi_name"], row["en_name"]):
            kind.vi_name, kind.en_name = row["vi_name"], row["en_name"]
            kind.save()
            changed += 1
    return changed
