"""The register of skilful mass mobilisation."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import SkilfulWorkForm
from luytre.registry.models import SkilfulWork
from luytre.ui import registers

skilful = registers.add(
    registers.Register(
        name="skilful-works",
        app="registry",
        model=SkilfulWork,
        columns=["name", "area", "field", "body", "registered_on", "level"],
        related=["area", "area__parent", "ending"],
        filters=["field", "level"],
        dated="registered_on",
        order="-registered_on",
        form=SkilfulWorkForm,
        facts=[(_("state"), "state")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a skilful mobilisation model"),
        about=_("Models of skilful mass mobilisation, each once, by the body that registered it and keeps it up."),
        actions=[registers.Action(_("No longer kept up"), "registry:skilful-ending", when=lambda one: one.is_kept_up)],
        icon="people",
        menu_order=44,
    )
)
