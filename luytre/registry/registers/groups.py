"""The register of groups."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import WatchGroupForm
from luytre.registry.models import WatchGroup
from luytre.registry.models.mediation import MEDIATION
from luytre.ui import registers


def mediates(group: WatchGroup) -> bool:
    return group.is_serving and group.kind.code == MEDIATION


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
        facts=[(_("state"), "state"), (_("what it became"), "what_it_became"), (_("led by"), "led_by_on")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a group"),
        about=_("Groups of residents that keep the area safe, of every kind, each recorded once."),
        actions=[
            registers.Action(
                _("Record the vote"), "registry:mediation-vote", when=mediates, needs=Permission.MEMBER_WRITE
            ),
            registers.Action(
                _("Propose members for recognition"),
                "registry:mediators-recognition",
                when=mediates,
                needs=Permission.MEMBER_WRITE,
            ),
            registers.Action(
                _("Hand over the lead"),
                "registry:cluster-turn",
                when=lambda one: one.is_serving and one.kind.is_cluster,
            ),
            registers.Action(_("Count anew"), "registry:watch-group-count", when=lambda one: one.is_serving),
            registers.Action(
                _("Disband this group"), "registry:watch-group-disbanding", when=lambda one: one.is_serving
            ),
        ],
        icon="people",
        menu_order=42,
    )
)
