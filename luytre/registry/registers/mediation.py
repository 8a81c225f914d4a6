"""The register of mediations, as counts."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import MediationForm
from luytre.registry.models import Mediation
from luytre.ui import registers

mediations = registers.add(
    registers.Register(
        name="mediations",
        app="registry",
        model=Mediation,
        columns=["held_on", "area", "received", "settled", "unsettled"],
        related=["area", "area__parent", "group"],
        dated="held_on",
        order="-held_on",
        form=MediationForm,
        read=Permission.MEDIATION_READ,
        write=Permission.MEDIATION_WRITE,
        add_label=_("Record a mediation"),
        about=_("How many disputes were taken up and settled. Numbers only: never who, never about what."),
        icon="promise",
        offline=True,
        menu_order=47,
    )
)
