from luytre.registry.forms.counts import HeadCountForm
from luytre.registry.forms.endings import EndingForm
from luytre.registry.forms.groups import WatchGroupForm
from luytre.registry.forms.guard_teams import GuardTeamForm
from luytre.registry.forms.initiatives import ExemplarForm, SiteActivityForm, SiteForm
from luytre.registry.forms.members import LeavingForm, MemberForm, PurposeForm, WithdrawalForm
from luytre.registry.forms.organisations import OrganisationForm
from luytre.registry.forms.site_verbs import RatingForm
from luytre.registry.forms.training import AttendanceForm, TrainedForm, TrainingForm

__all__ = [
    "AttendanceForm",
    "EndingForm",
    "ExemplarForm",
    "GuardTeamForm",
    "HeadCountForm",
    "LeavingForm",
    "MemberForm",
    "OrganisationForm",
    "PurposeForm",
    "RatingForm",
    "SiteActivityForm",
    "SiteForm",
    "TrainedForm",
    "TrainingForm",
    "WatchGroupForm",
    "WithdrawalForm",
]
