"""The register of public places."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms.places import PlaceForm
from luytre.registry.models.places import Place
from luytre.registry.place_sheet import place_sheet
from luytre.ui import registers

places = registers.add(
    registers.Register(
        name="public-places",
        app="registry",
        model=Place,
        columns=["name", "kind", "area"],
        related=["area", "area__parent", "kind"],
        filters=["kind"],
        order="name",
        form=PlaceForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a public place"),
        about=_("Public places where people meet or find help, with their point on the map. Homes are never recorded."),
        sheet=place_sheet,
        links=[(_("Map of these places"), "registry:place-map")],
        icon="map",
        menu_order=44,
    )
)
