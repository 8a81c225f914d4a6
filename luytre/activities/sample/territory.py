"""Two changes of the territory in the sample: a new name in force, and a merger that waits for a second person."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK
from luytre.activities.sample.people import MUONG_PHANG
from luytre.activities.sample.places import Ground
from luytre.areas import changes
from luytre.areas.models import Area, ChangeKind, ChangeLine, Scope, TerritoryChange


def load(ground: Ground, accounts: dict[str, User], *, today: Any) -> None:
    desk, ministry = accounts["tinh"], accounts["bo"]
    scope = Scope(("0.11.",), today)
    named, first, second = [Area.objects.get(pk=pair.after.pk) for pair in ground.hamlets[MUONG_PHANG][3:6]]
    basis = f"Nghị quyết của HĐND xã {MARK}"
    renaming = TerritoryChange(kind=ChangeKind.RENAME, on=today.replace(month=1, day=1), legal_basis=basis)
    line = ChangeLine(number=1, before=named, code=named.code, name=f"{named.name.removesuffix(MARK)}Mới {MARK}")
    changes.draft(renaming, [line], by=desk, scope=scope)
    changes.put_into_force(renaming, by=ministry, at=timezone.make_aware(datetime.combine(today, time(8))))
    merger = TerritoryChange(kind=ChangeKind.MERGE, on=today.replace(year=today.year + 1, month=1, day=1))
    merger.legal_basis = basis
    lines = [ChangeLine(number=n, before=area, code=first.code) for n, area in enumerate((first, second), start=1)]
    changes.draft(merger, lines, by=desk, scope=scope)
