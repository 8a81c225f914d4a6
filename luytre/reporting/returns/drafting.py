"""Drafts: what was typed is kept as typed, wrong or right, cell by cell, until it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting.models import Return, ReturnDraft, ReturnForm
from luytre.reporting.returns import sending

LONGEST = 400  # characters of one cell or comment


@dataclass(frozen=True)
class Kept:
    """A draft after it was saved, and the cells in which somebody else had typed something different meanwhile."""

    draft: ReturnDraft
    theirs: dict[str, str]


@transaction.atomic
def keep(
    form: ReturnForm,
    area: Area,
    window: Window,
    typed: Mapping[str, str],
    *,
    by: User,
    at: datetime,
    base_number: int,
    drafted: str = "",
    seconds: int = 0,
) -> Kept:
    """Add the cells to the draft. `drafted` is the stamp of the draft the page was made from; what somebody else
    wrote since then into one of these cells is kept over it, and told."""
    sending.refuse_locked(form, area, window)
    report, _made = Return.objects.get_or_create(
        form=form, area=area, first_day=window.first_day, last_day=window.last_day
    )
    fresh = {"base_number": base_number, "by": by, "at": at}
    draft, is_new = ReturnDraft.objects.select_for_update().get_or_create(report=report, defaults=fresh)
    theirs = {} if is_new or draft.by == by or stamp(draft) == drafted else differing(draft, typed)
    mine = {name: text[:LONGEST] for name, text in typed.items() if name not in theirs}
    draft.typed = {**draft.typed, **mine}
    draft.by, draft.at, draft.seconds = by, at, draft.seconds + seconds
    draft.save()
    return Kept(draft, theirs)


def differing(draft: ReturnDraft, typed: Mapping[str, str]) -> dict[str, str]:
    kept = draft.typed
    return {name: kept[name] for name, text in typed.items() if kept.get(name, "") not in ("", text)}


def stamp(draft: ReturnDraft | None) -> str:
    """Which state of the draft a page shows."""
    return draft.at.astimezone(UTC).isoformat() if draft else ""


def find(report: Return | None) -> ReturnDraft | None:
    return ReturnDraft.objects.select_related("by").filter(report=report).first() if report else None


def drop(draft: ReturnDraft) -> None:
    draft.delete()
