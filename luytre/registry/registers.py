"""The registers of initiatives, groups and organisations."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import OrganisationForm, SiteForm, WatchGroupForm
from luytre.registry.models import Organisation, Site, WatchGroup
from luytre.ui import registers

sites = registers.add(
    registers.Register(
        name="sites",
        app="registry",
        model=Site,
        columns=["initiative", "area", "launched_on", "group_count", "member_count"],
        related=["area", "area__parent", "initiative", "origin", "closing"],
        filters=["initiative"],
        dated="launched_on",
        order="-launched_on",
        form=SiteForm,
        facts=[(_("state"), "state")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a site"),
        about=_("Each place that carries an initiative. Types, sites and groups are three counts, never added up."),
        actions=[
            registers.Action(_("Rate this site"), "registry:site-rating", when=lambda site: site.is_running),
            registers.Action(_("Close this site"), "registry:site-closing", when=lambda site: site.is_running),
        ],
        icon="sprout",
        menu_order=41,
    )
)

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
            registers.Action(
                _("Disband this group"), "registry:watch-group-disbanding", when=lambda one: one.is_serving
            )
        ],
        icon="people",
        menu_order=42,
    )
)

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
