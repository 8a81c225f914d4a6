from luytre.bulletins.models.materials import (
    AlreadyPublished,
    AlreadyWithdrawn,
    Kind,
    Language,
    Licence,
    Material,
    MaterialQuerySet,
    MaterialVersion,
    MaterialVersionQuerySet,
    NotPublished,
    OwnMaterial,
    Publication,
    Withdrawal,
)
from luytre.bulletins.models.reach import Download

__all__ = [
    "AlreadyPublished",
    "AlreadyWithdrawn",
    "Download",
    "Kind",
    "Language",
    "Licence",
    "Material",
    "MaterialQuerySet",
    "MaterialVersion",
    "MaterialVersionQuerySet",
    "NotPublished",
    "OwnMaterial",
    "Publication",
    "Withdrawal",
]
