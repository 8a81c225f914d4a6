"""Chance that falls the same way every time, and shares that add up to the whole."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from django.db import models
from django.utils import timezone

from luytre import audit

M = TypeVar("M", bound=models.Model)
ACTOR = "load_sample"
MARK = "(dữ liệu mẫu)"


def dice(purpose: str) -> Random:
    """One stream for each purpose, so that a change in one part leaves the others as they were."""
    return Random(f"luytre {purpose}")  # noqa: S311


def split(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """Whole parts after the weights, none below `least`, that add up to the total."""
    spare = total - least * len(weights)
    if spare < 0:
        raise ValueError("the smallest parts alone are more than the total")
    exact = [spare * weight / sum(weights) for weight in weights]
    parts = [int(share) for share in exact]
    largest_rest = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in largest_rest[: spare - sum(parts)]:
        parts[place] += 1
    return [least + part for part in parts]


def uneven(rng: Random, count: int, *, spread: float = 0.5) -> list[float]:
    """Weights as life has them: many about the middle, a few large."""
    return [rng.lognormvariate(0, spread) for _ in range(count)]


def some_day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def evening(day: date) -> datetime:
    return datetime.combine(day, time(19, 30), tzinfo=timezone.get_default_timezone())


def keep(rows: Sequence[M], *, path: str) -> Sequence[M]:
    """Store a batch, with one entry in the audit trail for all of it."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=2000)
        audit.record(rows[0], "loaded", by=ACTOR, area_path=path, purpose=f"batch of {len(rows)}")
    return rows
