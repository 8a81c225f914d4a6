from luytre.registry.models.groups import Disbanding, GroupKind, Organisation, OrganisationKind, WatchGroup
from luytre.registry.models.initiatives import Closing, Initiative, InitiativeField, Rating, Site

__all__ = [
    "Closing",
    "Disbanding",
    "GroupKind",
    "Initiative",
    "InitiativeField",
    "Organisation",
    "OrganisationKind",
    "Rating",
    "Site",
    "WatchGroup",
]
