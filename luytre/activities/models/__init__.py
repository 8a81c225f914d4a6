from luytre.activities.models.campaigns import Campaign, CampaignMonth, CampaignQuerySet
from luytre.activities.models.learning import (
    LearningCheck,
    LearningQuestion,
    LearningTally,
    QuestionApproval,
)
from luytre.activities.models.outreach import (
    Audience,
    Form,
    OutreachSession,
    OutreachSessionQuerySet,
    Setting,
)
from luytre.activities.models.outreach_plans import PlannedSession, SessionCancelled, SessionHeld
from luytre.activities.models.outreach_rooms import Room, UsedTicket
from luytre.activities.models.posts import Airing, Channel, LoudspeakerSlot, OutreachPost
from luytre.activities.models.topics import Topic

__all__ = [
    "Airing",
    "Audience",
    "Campaign",
    "CampaignMonth",
    "CampaignQuerySet",
    "Channel",
    "Form",
    "LearningCheck",
    "LearningQuestion",
    "LearningTally",
    "LoudspeakerSlot",
    "OutreachPost",
    "OutreachSession",
    "OutreachSessionQuerySet",
    "PlannedSession",
    "QuestionApproval",
    "Room",
    "SessionCancelled",
    "SessionHeld",
    "Setting",
    "Topic",
    "UsedTicket",
]
