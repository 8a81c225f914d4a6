"""Places, what became of them, where their records stand, and the changes that people make to them."""

from luytre.areas.models.changes import ChangeEffect, ChangeKind, ChangeLine, TerritoryChange
from luytre.areas.models.places import (
    KIND_VI,
    NATION_PATH,
    Area,
    AreaQuerySet,
    Kind,
    Level,
    Scope,
    ScopedQuerySet,
    Standing,
    StandingQuerySet,
    Succession,
    paths_to,
    under_any,
    valid_on,
)

__all__ = [
    "KIND_VI",
    "NATION_PATH",
    "Area",
    "AreaQuerySet",
    "ChangeEffect",
    "ChangeKind",
    "ChangeLine",
    "Kind",
    "Level",
    "Scope",
    "ScopedQuerySet",
    "Standing",
    "StandingQuerySet",
    "Succession",
    "TerritoryChange",
    "paths_to",
    "under_any",
    "valid_on",
]
