"""The register of statutory guard teams."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import GuardTeamForm
from luytre.registry.models import GuardTeam
from luytre.ui import registers

guard_teams = registers.add(
    registers.Register(
        name="guard-teams",
        app="registry",
        model=GuardTeam,
        columns=["name", "area", "founded_on", "member_count"],
        related=["area", "area__parent", "dissolution"],
        dated="founded_on",
        order="area",
        form=GuardTeamForm,
        facts=[(_("state"), "state"), (_("came from"), "older_forces")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a guard team"),
        about=_(
            "The statutory force of the grassroots (Law 30/2023), apart from groups that residents form themselves."
        ),
        actions=[
            registers.Action(
                _("Propose members for recognition"), "registry:guard-team-recognition", needs=Permission.MEMBER_WRITE
            ),
            registers.Action(
                _("List for the notice board"), "registry:guard-team-notice", needs=Permission.MEMBER_READ
            ),
            registers.Action(_("Equipment"), "registry:equipment", needs=Permission.REGISTER_READ),
            registers.Action(
                _("Name the older force"), "registry:guard-team-predecessor", when=lambda one: one.is_serving
            ),
            registers.Action(_("Count anew"), "registry:guard-team-count", when=lambda one: one.is_serving),
            registers.Action(
                _("Dissolve this team"), "registry:guard-team-dissolution", when=lambda one: one.is_serving
            ),
        ],
        links=[(_("Allowance rates"), "registry:rates"), (_("Limits of duty nights"), "activities:duty-limits")],
        icon="audit",
        menu_order=44,
    )
)
