"""The form of an agency, enterprise or school."""

from luytre.areas.models import Level
from luytre.registry.models import Organisation
from luytre.ui.forms import ScopedForm


class OrganisationForm(ScopedForm[Organisation]):
    area_levels = (Level.COMMUNE,)

    class Meta:
        model = Organisation
        fields = ["kind", "name", "area", "address"]
