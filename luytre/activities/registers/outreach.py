"""The register of outreach sessions."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms import OutreachSessionForm
from luytre.activities.models import OutreachSession
from luytre.ui import registers

sessions = registers.add(
    registers.Register(
        name="outreach-sessions",
        app="activities",
        model=OutreachSession,
        columns=["held_on", "place", "area", "attendance", "form"],
        related=["area", "area__parent", "organisation"],
        filters=["setting", "form", "audience"],
        facts=[(_("said present by room code"), "came_by_code"), (_("learning check"), "learned")],
        actions=[registers.Action(_("Learning check on paper"), "activities:outreach-session-paper")],
        dated="held_on",
        order="-held_on",
        form=OutreachSessionForm,
        read=Permission.SESSION_READ,
        write=Permission.SESSION_WRITE,
        add_label=_("Record an outreach session"),
        about=_("Each session once, where it took place. A head-count, never a list of names."),
        icon="speak",
        offline=True,
        menu_order=40,
    )
)
