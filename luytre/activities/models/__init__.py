from luytre.activities.models.hand_ins import (
    HandIn,
    HandInCampaign,
    HandInKind,
    HandInQuantity,
    Origin,
    Receipt,
)
from luytre.activities.models.hand_overs import Fate, HandOver, HandOverQuantity, Receiver, Settlement
from luytre.activities.models.outreach import (
    Audience,
    Form,
    OutreachSession,
    OutreachSessionQuerySet,
    Setting,
    Topic,
)
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
    "DigitalSignatures",
    "Fate",
    "Form",
    "HandIn",
    "HandInCampaign",
    "HandInKind",
    "HandInQuantity",
    "HandOver",
    "HandOverQuantity",
    "HelpKind",
    "Origin",
    "OutreachSession",
    "OutreachSessionQuerySet",
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
