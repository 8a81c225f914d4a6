from luytre.activities.models.campaigns import Campaign, CampaignMonth, CampaignQuerySet
from luytre.activities.models.duty import Duty, DutyEnd, Shift, ShiftKind
from luytre.activities.models.duty_limits import BeyondLimit, NightLimit
from luytre.activities.models.duty_swaps import Swap, SwapAnswer
from luytre.activities.models.hand_ins import HandIn, HandInCampaign, HandInKind, HandInQuantity, Origin, Receipt
from luytre.activities.models.hand_overs import Fate, HandOver, HandOverQuantity, Receiver, Settlement
from luytre.activities.models.hazards import Hazard, HazardStep, HazardStepKind
from luytre.activities.models.learning import LearningCheck, LearningQuestion, LearningTally, QuestionApproval
from luytre.activities.models.lists import Body, EventKind, HazardKind
from luytre.activities.models.outreach import Audience, Form, OutreachSession, OutreachSessionQuerySet, Setting
from luytre.activities.models.outreach_plans import PlannedSession, SessionCancelled, SessionHeld
from luytre.activities.models.outreach_rooms import Room, UsedTicket
from luytre.activities.models.patrols import Checkpoint, Patrol, PatrolEvent, PlaceKind
from luytre.activities.models.pledges import (
    DigitalSignatures,
    PledgeCampaign,
    PledgeCount,
    PledgeTopic,
    SignerKind,
    UnitCount,
    UsedToken,
)
from luytre.activities.models.posts import Airing, Channel, LoudspeakerSlot, OutreachPost
from luytre.activities.models.support import HelpKind, SupportOffer, SupportUptake
from luytre.activities.models.topics import Topic

__all__ = [
    "Airing",
    "Audience",
    "BeyondLimit",
    "Body",
    "Campaign",
    "CampaignMonth",
    "CampaignQuerySet",
    "Channel",
    "Checkpoint",
    "Duty",
    "DutyEnd",
    "DigitalSignatures",
    "EventKind",
    "Fate",
    "Form",
    "HandIn",
    "HandInCampaign",
    "HandInKind",
    "HandInQuantity",
    "HandOver",
    "HandOverQuantity",
    "Hazard",
    "HazardKind",
    "HazardStep",
    "HazardStepKind",
    "HelpKind",
    "LearningCheck",
    "LearningQuestion",
    "LearningTally",
    "LoudspeakerSlot",
    "NightLimit",
    "Origin",
    "OutreachPost",
    "OutreachSession",
    "OutreachSessionQuerySet",
    "Patrol",
    "PatrolEvent",
    "PlaceKind",
    "PlannedSession",
    "PledgeCampaign",
    "PledgeCount",
    "PledgeTopic",
    "QuestionApproval",
    "Receipt",
    "Receiver",
    "Room",
    "SessionCancelled",
    "SessionHeld",
    "Setting",
    "Shift",
    "ShiftKind",
    "Swap",
    "SwapAnswer",
    "Settlement",
    "SignerKind",
    "SupportOffer",
    "SupportUptake",
    "Topic",
    "UnitCount",
    "UsedTicket",
    "UsedToken",
]
