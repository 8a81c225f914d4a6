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
        facts=[(_("state"), "state")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a guard team"),
        about=_(
            "The statutory force of the grassroots (Law 30/2023), apart from groups that residents form themselves."
        ),
        actions=[
            registers.Action(_("Count anew"), "registry:guard-team-count", when=lambda one: one.is_serving),
            registers.Action(
                _("Dissolve this team"), "registry:guard-team-dissolution", when=lambda one: one.is_serving
            ),
        ],
        icon="audit",
        menu_order=44,
    )
)
