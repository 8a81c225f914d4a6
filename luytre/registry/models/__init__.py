from luytre.registry.models.consents import Consent, ConsentWithdrawal
from luytre.registry.models.counts import DatedCount
from luytre.registry.models.decisions import Appeal, AppealAnswer
from luytre.registry.models.exemplars import Exemplar
from luytre.registry.models.groups import Disbanding, GroupCount, GroupKind, Organisation, OrganisationKind, WatchGroup
from luytre.registry.models.guard_teams import Dissolution, GuardTeam, GuardTeamCount
from luytre.registry.models.initiatives import Closing, Site
from luytre.registry.models.leavings import Leaving
from luytre.registry.models.life import Interview, QuietLimit, SiteActivity
from luytre.registry.models.members import Member
from luytre.registry.models.notices import KeeperNotice, KeeperReply
from luytre.registry.models.procedure import SiteStep, Stage
from luytre.registry.models.ratings import Rating, ScaleGrade
from luytre.registry.models.respected import (
    RespectedConsent,
    RespectedPerson,
    RespectedRole,
    RespectedTraining,
    RespectedWithdrawal,
)
from luytre.registry.models.skilful import RecognitionLevel, SkilfulEnding, SkilfulField, SkilfulWork
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
    "Dissolution",
    "Equipment",
    "Exemplar",
    "Funding",
    "GroupCount",
    "GroupKind",
    "GuardTeam",
    "GuardTeamCount",
    "Initiative",
    "InitiativeField",
    "InitiativeMerging",
    "Interview",
    "KeeperNotice",
    "KeeperReply",
    "Leaving",
    "Member",
    "Organisation",
    "OrganisationKind",
    "QuietLimit",
    "Rating",
    "RecognitionLevel",
    "RespectedConsent",
    "RespectedPerson",
    "RespectedRole",
    "RespectedTraining",
    "RespectedWithdrawal",
    "ScaleGrade",
    "Site",
    "SiteActivity",
    "SiteCount",
    "SiteHead",
    "SiteStep",
    "SkilfulEnding",
    "SkilfulField",
    "SkilfulWork",
    "Stage",
    "Training",
    "TrainingRecord",
    "TrainingTopic",
    "WatchGroup",
]
