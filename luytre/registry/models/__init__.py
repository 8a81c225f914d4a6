from luytre.registry.models.consents import Consent, ConsentWithdrawal
from luytre.registry.models.counts import DatedCount
from luytre.registry.models.groups import (
    Disbanding,
    GroupCount,
    GroupKind,
    Organisation,
    OrganisationKind,
    WatchGroup,
)
from luytre.registry.models.guard_teams import Dissolution, GuardTeam, GuardTeamCount
from luytre.registry.models.initiatives import Closing, Initiative, InitiativeField, Rating, Site
from luytre.registry.models.leavings import Leaving
from luytre.registry.models.members import Member
from luytre.registry.models.places import Place, PlaceKind
from luytre.registry.models.training import Training, TrainingRecord, TrainingTopic

__all__ = [
    "Closing",
    "Consent",
    "ConsentWithdrawal",
    "DatedCount",
    "Disbanding",
    "Dissolution",
    "GroupCount",
    "GroupKind",
    "GuardTeam",
    "GuardTeamCount",
    "Initiative",
    "InitiativeField",
    "Leaving",
    "Member",
    "Organisation",
    "OrganisationKind",
    "Place",
    "PlaceKind",
    "Rating",
    "Site",
    "Training",
    "TrainingRecord",
    "TrainingTopic",
    "WatchGroup",
]
