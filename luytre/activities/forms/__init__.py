from luytre.activities.forms.campaigns import CampaignForm, MonthsForm
from luytre.activities.forms.hazards import HandOverForm, HazardForm, NoteForm, ProgressForm, SecondLookForm
from luytre.activities.forms.learning import LearningQuestionForm, PaperForm
from luytre.activities.forms.outreach import OutreachSessionForm
from luytre.activities.forms.outreach_plans import HoldForm, PlannedSessionForm
from luytre.activities.forms.outreach_rooms import QuestionsForm, RoomForm
from luytre.activities.forms.patrols import CheckpointForm, PatrolForm
from luytre.activities.forms.posts import AiringForm, LoudspeakerSlotForm, OutreachPostForm

__all__ = [
    "AiringForm",
    "CampaignForm",
    "CheckpointForm",
    "HandOverForm",
    "HazardForm",
    "HoldForm",
    "LearningQuestionForm",
    "LoudspeakerSlotForm",
    "MonthsForm",
    "NoteForm",
    "OutreachPostForm",
    "OutreachSessionForm",
    "PaperForm",
    "PatrolForm",
    "PlannedSessionForm",
    "ProgressForm",
    "QuestionsForm",
    "RoomForm",
    "SecondLookForm",
]
