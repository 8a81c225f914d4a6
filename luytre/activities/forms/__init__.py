from luytre.activities.forms.campaigns import CampaignForm, MonthsForm
from luytre.activities.forms.learning import LearningQuestionForm, PaperForm
from luytre.activities.forms.outreach import OutreachSessionForm
from luytre.activities.forms.outreach_plans import HoldForm, PlannedSessionForm
from luytre.activities.forms.outreach_rooms import QuestionsForm, RoomForm
from luytre.activities.forms.posts import AiringForm, LoudspeakerSlotForm, OutreachPostForm

__all__ = [
    "AiringForm",
    "CampaignForm",
    "HoldForm",
    "LearningQuestionForm",
    "LoudspeakerSlotForm",
    "MonthsForm",
    "OutreachPostForm",
    "OutreachSessionForm",
    "PaperForm",
    "PlannedSessionForm",
    "QuestionsForm",
    "RoomForm",
]
