"""The register of initiative sites."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import SiteForm
from luytre.registry.models import Site
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
