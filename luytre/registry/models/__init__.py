from luytre.registry.models.groups import Disbanding, GroupKind, Organisation, OrganisationKind, WatchGroup
from luytre.registry.models.initiatives import Closing, Initiative, InitiativeField, Rating, Site
from luytre.registry.models.skilful import RecognitionLevel, SkilfulEnding, SkilfulField, SkilfulWork

__all__ = [
    "Closing",
    "Disbanding",
    "GroupKind",
    "Initiative",
    "InitiativeField",
    "Organisation",
    "OrganisationKind",
    "Rating",
    "RecognitionLevel",
    "Site",
    "SkilfulEnding",
    "SkilfulField",
    "SkilfulWork",
    "WatchGroup",
]
