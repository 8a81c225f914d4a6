from luytre.registry.forms.account_links import AccountLinkForm
from luytre.registry.forms.counts import HeadCountForm
from luytre.registry.forms.decisions import DecisionForm, ObjectionAnswerForm, ObjectionForm, ProposalForm
from luytre.registry.forms.endings import EndingForm
from luytre.registry.forms.gradings import GradingForm
from luytre.registry.forms.groups import WatchGroupForm
from luytre.registry.forms.guard_teams import GuardTeamForm
from luytre.registry.forms.initiatives import ExemplarForm, SiteActivityForm, SiteForm
from luytre.registry.forms.joining import JoinAnswerForm, JoinForm
from luytre.registry.forms.mediation import MediationForm, VoteForm
from luytre.registry.forms.members import LeavingForm, MemberForm, PurposeForm, WithdrawalForm
from luytre.registry.forms.norms import AllowanceRateForm, EquipmentForm, GroupKindForm, PredecessorForm, TurnForm
from luytre.registry.forms.organisations import OrganisationForm
from luytre.registry.forms.respected import RespectedPersonForm, RespectedTrainingForm
from luytre.registry.forms.site_verbs import RatingForm
from luytre.registry.forms.skilful import SkilfulWorkForm
from luytre.registry.forms.training import AttendanceForm, TrainedForm, TrainingForm

__all__ = [
    "AccountLinkForm",
    "AllowanceRateForm",
    "AttendanceForm",
    "DecisionForm",
    "EndingForm",
    "EquipmentForm",
    "ExemplarForm",
    "GradingForm",
    "GroupKindForm",
    "GuardTeamForm",
    "HeadCountForm",
    "JoinAnswerForm",
    "JoinForm",
    "LeavingForm",
    "MediationForm",
    "MemberForm",
    "ObjectionAnswerForm",
    "ObjectionForm",
    "OrganisationForm",
    "PredecessorForm",
    "ProposalForm",
    "PurposeForm",
    "RatingForm",
    "RespectedPersonForm",
    "RespectedTrainingForm",
    "SiteActivityForm",
    "SiteForm",
    "SkilfulWorkForm",
    "TrainedForm",
    "TrainingForm",
    "TurnForm",
    "VoteForm",
    "WatchGroupForm",
    "WithdrawalForm",
]
