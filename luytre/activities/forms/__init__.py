from luytre.activities.forms.hand_ins import (
    BalanceForm,
    HandInCampaignForm,
    HandInForm,
    HandOverForm,
    OnwardForm,
    SettlementForm,
)
from luytre.activities.forms.outreach import OutreachSessionForm
from luytre.activities.forms.pledges import PledgeCampaignForm, PledgeCountForm, UnitCountForm
from luytre.activities.forms.support import SupportOfferForm, SupportUptakeForm

__all__ = [
    "BalanceForm",
    "HandInCampaignForm",
    "HandInForm",
    "HandOverForm",
    "OnwardForm",
    "OutreachSessionForm",
    "PledgeCampaignForm",
    "PledgeCountForm",
    "SettlementForm",
    "SupportOfferForm",
    "SupportUptakeForm",
    "UnitCountForm",
]
