from luytre.registry.models.consents import Consent, ConsentWithdrawal
from luytre.registry.models.counts import DatedCount
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
from luytre.registry.models.initiatives import Closing, Initiative, InitiativeField, Rating, Site
from luytre.registry.models.joining import JoinAnswer, JoinRequest
from luytre.registry.models.leavings import Leaving
from luytre.registry.models.mediation import Ballot, Mediation, MediationVote
from luytre.registry.models.members import Member
from luytre.registry.models.norms import AllowanceRate, EquipmentCount, EquipmentItem
from luytre.registry.models.objections import Objection, ObjectionAnswer
from luytre.registry.models.recognitions import RecognisedMember, Recognition
from luytre.registry.models.training import Training, TrainingRecord, TrainingTopic

__all__ = [
    "AllowanceRate",
    "Ballot",
    "Closing",
    "ClusterTurn",
    "Consent",
    "ConsentWithdrawal",
    "DatedCount",
    "Disbanding",
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
    "Leaving",
    "Mediation",
    "MediationVote",
    "Member",
    "MemberGrade",
    "Objection",
    "ObjectionAnswer",
    "Organisation",
    "OrganisationKind",
    "Rating",
    "RecognisedMember",
    "Recognition",
    "Site",
    "TeamGrade",
    "Training",
    "TrainingRecord",
    "TrainingTopic",
    "WatchGroup",
]
