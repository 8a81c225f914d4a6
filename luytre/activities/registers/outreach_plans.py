"""The register of sessions planned ahead."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms import PlannedSessionForm
from luytre.activities.models import PlannedSession
from luytre.ui import registers


def is_waiting(planned: PlannedSession) -> bool:
    return planned.is_waiting


planned_sessions = registers.add(
    registers.Register(
        name="planned-sessions",
        app="activities",
        model=PlannedSession,
        columns=["planned_on", "place", "area", "audience", "form"],
        related=["area", "area__parent", "organisation", "holding__session", "cancelling"],
        filters=["form", "audience"],
        dated="planned_on",
        order="-planned_on",
        form=PlannedSessionForm,
        read=Permission.SESSION_READ,
        write=Permission.SESSION_WRITE,
        add_label=_("Plan a session"),
        about=_("Sessions to come. They count in no figure until they have been held and recorded."),
        facts=[(_("how far it is"), "state")],
        actions=[
            registers.Action(_("Open a room with a code"), "activities:planned-session-room", when=is_waiting),
            registers.Action(_("It was held: record it"), "activities:planned-session-holding", when=is_waiting),
            registers.Action(_("Cancel this session"), "activities:planned-session-cancelling", when=is_waiting),
        ],
        icon="clock",
        menu_order=58,
    )
)
