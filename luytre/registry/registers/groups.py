"""The register of groups."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import WatchGroupForm
from luytre.registry.models import WatchGroup
from luytre.ui import registers

groups = registers.add(
    registers.Register(
        name="watch-groups",
        app="registry",
        model=WatchGroup,
        columns=["name", "kind", "area", "founded_on", "member_count"],
        related=["area", "area__parent", "kind", "disbanding"],
        filters=["kind"],
        dated="founded_on",
        order="area",
        form=WatchGroupForm,
        facts=[(_("state"), "state")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a group"),
        about=_("Groups of residents that keep the area safe, of every kind, each recorded once."),
        actions=[
            registers.Action(_("Count anew"), "registry:watch-group-count", when=lambda one: one.is_serving),
            registers.Action(
                _("Disband this group"), "registry:watch-group-disbanding", when=lambda one: one.is_serving
            ),
        ],
        icon="people",
        menu_order=42,
    )
)
