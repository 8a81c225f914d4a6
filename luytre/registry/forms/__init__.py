from luytre.registry.forms.counts import HeadCountForm
from luytre.registry.forms.endings import EndingForm
from luytre.registry.forms.groups import WatchGroupForm
from luytre.registry.forms.guard_teams import GuardTeamForm
from luytre.registry.forms.initiatives import RatingForm, SiteForm
from luytre.registry.forms.members import LeavingForm, MemberForm, PurposeForm, WithdrawalForm
from luytre.registry.forms.organisations import OrganisationForm
from luytre.registry.forms.training import AttendanceForm, TrainedForm, TrainingForm

__all__ = [
    "AttendanceForm",
    "EndingForm",
    "GuardTeamForm",
    "HeadCountForm",
    "LeavingForm",
    "MemberForm",
    "OrganisationForm",
    "PurposeForm",
    "RatingForm",
    "SiteForm",
    "TrainedForm",
    "TrainingForm",
    "WatchGroupForm",
    "WithdrawalForm",
]
