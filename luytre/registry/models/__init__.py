from luytre.registry.models.account_links import AccountLink, AccountLinkAnswer, AccountLinkEnding
from luytre.registry.models.consents import Consent, ConsentWithdrawal
from luytre.registry.models.counts import DatedCount
from luytre.registry.models.decisions import Appeal, AppealAnswer
from luytre.registry.models.exemplars import Exemplar
from luytre.registry.models.forces import ClusterTurn, ForceSuccession
from luytre.registry.models.gradings import Grading, MemberGrade, TeamGrade
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
from luytre.registry.models.joining import JoinAnswer, JoinRequest
from luytre.registry.models.leavings import Leaving
from luytre.registry.models.life import Interview, QuietLimit, SiteActivity
from luytre.registry.models.mediation import Ballot, Mediation, MediationVote
from luytre.registry.models.members import Member
from luytre.registry.models.norms import AllowanceRate, EquipmentCount, EquipmentItem
from luytre.registry.models.notices import KeeperNotice, KeeperReply
from luytre.registry.models.objections import Objection, ObjectionAnswer
from luytre.registry.models.places import Place, PlaceKind
from luytre.registry.models.procedure import SiteStep, Stage
from luytre.registry.models.ratings import Rating, ScaleGrade
from luytre.registry.models.recognitions import RecognisedMember, Recognition
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
    "AccountLink",
    "AccountLinkAnswer",
    "AccountLinkEnding",
    "AllowanceRate",
    "Ballot",
    "Appeal",
    "AppealAnswer",
    "Carrier",
    "Closing",
    "ClusterTurn",
    "Consent",
    "ConsentWithdrawal",
    "DatedCount",
    "Disbanding",
    "Dissolution",
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
    "EquipmentCount",
    "EquipmentItem",
    "ForceSuccession",
    "Grading",
    "GroupCount",
    "GroupKind",
    "GuardTeam",
    "GuardTeamCount",
    "Initiative",
    "InitiativeField",
    "JoinAnswer",
    "JoinRequest",
    "InitiativeMerging",
    "Interview",
    "KeeperNotice",
    "KeeperReply",
    "Leaving",
    "Mediation",
    "MediationVote",
    "Member",
    "MemberGrade",
    "Objection",
    "ObjectionAnswer",
    "Organisation",
    "OrganisationKind",
    "Place",
    "PlaceKind",
    "QuietLimit",
    "Rating",
    "RecognisedMember",
    "Recognition",
    "Site",
    "TeamGrade",
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
