from luytre.activities.forms.hazards import HandOverForm, HazardForm, NoteForm, ProgressForm, SecondLookForm
from luytre.activities.forms.outreach import OutreachSessionForm
from luytre.activities.forms.patrols import CheckpointForm, PatrolForm

__all__ = [
    "CheckpointForm",
    "HandOverForm",
    "HazardForm",
    "NoteForm",
    "OutreachSessionForm",
    "PatrolForm",
    "ProgressForm",
    "SecondLookForm",
]
