from luytre.registry.forms.endings import EndingForm
from luytre.registry.forms.groups import WatchGroupForm
from luytre.registry.forms.initiatives import RatingForm, SiteForm
from luytre.registry.forms.organisations import OrganisationForm
from luytre.registry.forms.skilful import SkilfulWorkForm

__all__ = ["EndingForm", "OrganisationForm", "RatingForm", "SiteForm", "SkilfulWorkForm", "WatchGroupForm"]
