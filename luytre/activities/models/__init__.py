from luytre.activities.models.campaigns import Campaign, CampaignMonth, CampaignQuerySet
from luytre.activities.models.hazards import Hazard, HazardStep, HazardStepKind
from luytre.activities.models.learning import LearningCheck, LearningQuestion, LearningTally, QuestionApproval
from luytre.activities.models.lists import Body, EventKind, HazardKind
from luytre.activities.models.outreach import Audience, Form, OutreachSession, OutreachSessionQuerySet, Setting
from luytre.activities.models.outreach_plans import PlannedSession, SessionCancelled, SessionHeld
from luytre.activities.models.outreach_rooms import Room, UsedTicket
from luytre.activities.models.patrols import Checkpoint, Patrol, PatrolEvent, PlaceKind
from luytre.activities.models.posts import Airing, Channel, LoudspeakerSlot, OutreachPost
from luytre.activities.models.topics import Topic

__all__ = [
    "Airing",
    "Audience",
    "Body",
    "Campaign",
    "CampaignMonth",
    "CampaignQuerySet",
    "Channel",
    "Checkpoint",
    "EventKind",
    "Form",
    "Hazard",
    "HazardKind",
    "HazardStep",
    "HazardStepKind",
    "LearningCheck",
    "LearningQuestion",
    "LearningTally",
    "LoudspeakerSlot",
    "OutreachPost",
    "OutreachSession",
    "OutreachSessionQuerySet",
    "Patrol",
    "PatrolEvent",
    "PlaceKind",
    "PlannedSession",
    "QuestionApproval",
    "Room",
    "SessionCancelled",
    "SessionHeld",
    "Setting",
    "Topic",
    "UsedTicket",
]
