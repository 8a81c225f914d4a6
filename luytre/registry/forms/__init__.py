from luytre.registry.forms.endings import EndingForm
from luytre.registry.forms.groups import WatchGroupForm
from luytre.registry.forms.initiatives import ExemplarForm, SiteActivityForm, SiteForm
from luytre.registry.forms.organisations import OrganisationForm
from luytre.registry.forms.site_verbs import RatingForm

__all__ = [
    "EndingForm",
    "ExemplarForm",
    "OrganisationForm",
    "RatingForm",
    "SiteActivityForm",
    "SiteForm",
    "WatchGroupForm",
]
