"""The register of agencies, enterprises and schools."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import OrganisationForm
from luytre.registry.models import Organisation
from luytre.ui import registers

organisations = registers.add(
    registers.Register(
        name="organisations",
        app="registry",
        model=Organisation,
        columns=["name", "kind", "area", "address"],
        related=["area", "area__parent"],
        filters=["kind"],
        order="name",
        form=OrganisationForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record an agency, enterprise or school"),
        about=_("Agencies, enterprises and schools; each reports through its commune."),
        icon="building",
        menu_order=43,
    )
)
