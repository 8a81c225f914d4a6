from luytre.activities.models.hand_ins import HandIn, HandInCampaign, HandInKind, HandInQuantity, Origin, Receipt
from luytre.activities.models.hand_overs import Fate, HandOver, HandOverQuantity, Receiver, Settlement
from luytre.activities.models.hazards import Hazard, HazardStep, HazardStepKind
from luytre.activities.models.lists import Body, EventKind, HazardKind
from luytre.activities.models.outreach import Audience, Form, OutreachSession, OutreachSessionQuerySet, Setting, Topic
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
from luytre.activities.models.support import HelpKind, SupportOffer, SupportUptake

__all__ = [
    "Audience",
    "Body",
    "Checkpoint",
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
    "Origin",
    "OutreachSession",
    "OutreachSessionQuerySet",
    "Patrol",
    "PatrolEvent",
    "PlaceKind",
    "PledgeCampaign",
    "PledgeCount",
    "PledgeTopic",
    "Receipt",
    "Receiver",
    "Setting",
    "Settlement",
    "SignerKind",
    "SupportOffer",
    "SupportUptake",
    "Topic",
    "UnitCount",
    "UsedToken",
]
