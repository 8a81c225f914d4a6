from luytre.activities.models.hazards import Hazard, HazardStep, HazardStepKind
from luytre.activities.models.lists import Body, EventKind, HazardKind
from luytre.activities.models.outreach import (
    Audience,
    Form,
    OutreachSession,
    OutreachSessionQuerySet,
    Setting,
    Topic,
)
from luytre.activities.models.patrols import Checkpoint, Patrol, PatrolEvent, PlaceKind

__all__ = [
    "Audience",
    "Body",
    "Checkpoint",
    "EventKind",
    "Form",
    "Hazard",
    "HazardKind",
    "HazardStep",
    "HazardStepKind",
    "OutreachSession",
    "OutreachSessionQuerySet",
    "Patrol",
    "PatrolEvent",
    "PlaceKind",
    "Setting",
    "Topic",
]
