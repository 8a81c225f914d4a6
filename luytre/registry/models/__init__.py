from luytre.registry.models.consents import Consent, ConsentWithdrawal
from luytre.registry.models.counts import DatedCount
from luytre.registry.models.decisions import Appeal, AppealAnswer
from luytre.registry.models.exemplars import Exemplar
from luytre.registry.models.groups import (
    Disbanding,
    GroupCount,
    GroupKind,
    Organisation,
    OrganisationKind,
    WatchGroup,
)
from luytre.registry.models.guard_teams import Dissolution, GuardTeam, GuardTeamCount
from luytre.registry.models.initiatives import Closing, Site
from luytre.registry.models.leavings import Leaving
from luytre.registry.models.life import Interview, QuietLimit, SiteActivity
from luytre.registry.models.members import Member
from luytre.registry.models.notices import KeeperNotice, KeeperReply
from luytre.registry.models.places import Place, PlaceKind
from luytre.registry.models.procedure import SiteStep, Stage
from luytre.registry.models.ratings import Rating, ScaleGrade
from luytre.registry.models.training import Training, TrainingRecord, TrainingTopic
from luytre.registry.models.types import Carrier, Initiative, InitiativeField, InitiativeMerging
from luytre.registry.models.upkeep import Equipment, Funding, SiteCount, SiteHead

__all__ = [
    "Appeal",
    "AppealAnswer",
    "Carrier",
    "Closing",
    "Consent",
    "ConsentWithdrawal",
    "DatedCount",
    "Disbanding",
    "Equipment",
    "Exemplar",
    "Funding",
    "GroupKind",
    "SiteCount",
    "Initiative",
    "InitiativeField",
    "InitiativeMerging",
    "Interview",
    "KeeperNotice",
    "KeeperReply",
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
    "QuietLimit",
    "Rating",
    "ScaleGrade",
    "Site",
    "SiteActivity",
    "SiteHead",
    "SiteStep",
    "Stage",
    "Training",
    "TrainingRecord",
    "TrainingTopic",
    "WatchGroup",
]
