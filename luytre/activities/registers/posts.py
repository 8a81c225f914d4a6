"""The registers of loudspeaker slots, and of posts and articles."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms import LoudspeakerSlotForm, OutreachPostForm
from luytre.activities.models import LoudspeakerSlot, OutreachPost
from luytre.ui import registers

slots = registers.add(
    registers.Register(
        name="loudspeaker-slots",
        app="activities",
        model=LoudspeakerSlot,
        columns=["slot_on", "slot_at", "name", "area"],
        related=["area", "area__parent", "material", "airing"],
        dated="slot_on",
        order="-slot_on",
        form=LoudspeakerSlotForm,
        read=Permission.SESSION_READ,
        write=Permission.SESSION_WRITE,
        add_label=_("Plan a loudspeaker slot"),
        about=_(
            "What is read or played on the fixed loudspeakers, and whether it was. Rounds by vehicle are sessions."
        ),
        facts=[(_("what became of it"), "state"), (_("read aloud"), "reads")],
        actions=[
            registers.Action(
                _("What became of it?"), "activities:loudspeaker-slot-outcome", when=lambda slot: slot.is_open
            )
        ],
        icon="speak",
        menu_order=59,
    )
)

posts = registers.add(
    registers.Register(
        name="outreach-posts",
        app="activities",
        model=OutreachPost,
        columns=["posted_on", "name", "channel", "area", "reach_count"],
        related=["area", "area__parent", "material"],
        filters=["channel"],
        dated="posted_on",
        order="-posted_on",
        form=OutreachPostForm,
        read=Permission.SESSION_READ,
        write=Permission.SESSION_WRITE,
        add_label=_("Record a post or article"),
        about=_(
            "What the movement itself put out: link, day, and views as the page tells them. Nobody's page is read."
        ),
        icon="report",
        menu_order=60,
    )
)
