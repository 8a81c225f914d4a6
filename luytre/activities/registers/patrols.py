"""The registers of patrols, of the places they pass, and of hazards."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms import CheckpointForm, HazardForm, PatrolForm
from luytre.activities.models import Checkpoint, Hazard, Patrol
from luytre.ui import registers
from luytre.ui.kit import trail

trail.VERBS |= {
    "counted_events": _("counted the events met"),
    "handed": _("handed over to be mended"),
    "progressed": _("told how far it has come"),
    "done": _("said that it is mended"),
    "confirmed": _("looked again: mended"),
    "reopened": _("looked again: not mended"),
}

patrols = registers.add(
    registers.Register(
        name="patrols",
        app="activities",
        model=Patrol,
        columns=["held_on", "began", "area", "people_count", "team"],
        related=["area", "area__parent", "team", "group", "led_by"],
        dated="held_on",
        order="-held_on",
        form=PatrolForm,
        facts=[
            (_("length"), "length"),
            (_("of it between 22:00 and 06:00"), "at_night"),
            (_("events met"), "events_in_words"),
            (_("hazards noted"), "hazards_in_words"),
        ],
        read=Permission.PATROL_READ,
        write=Permission.PATROL_WRITE,
        add_label=_("Record a patrol"),
        about=_("Patrols as they were walked: places and counts. Nobody is named, no track is kept, no plan is shown."),
        icon="walk",
        offline=True,
        photos=True,
        menu_order=44,
    )
)

hazards = registers.add(
    registers.Register(
        name="hazards",
        app="activities",
        model=Hazard,
        columns=["place", "kind", "area", "noted_on"],
        related=["area", "area__parent", "kind", "patrol"],
        filters=["kind"],
        dated="noted_on",
        order="-noted_on",
        form=HazardForm,
        facts=[(_("state"), "state"), (_("who mends it"), "owner"), (_("mended by the day"), "due")],
        actions=[registers.Action(_("See to it"), "activities:hazard-course")],
        read=Permission.PATROL_READ,
        write=Permission.PATROL_WRITE,
        add_label=_("Record a hazard"),
        about=_("What is broken or dangerous at a public place, until somebody else has seen that it is mended."),
        icon="hazard",
        offline=True,
        photos=True,
        menu_order=45,
    )
)

checkpoints = registers.add(
    registers.Register(
        name="checkpoints",
        app="activities",
        model=Checkpoint,
        columns=["name", "kind", "area"],
        related=["area", "area__parent"],
        filters=["kind"],
        order="name",
        form=CheckpointForm,
        read=Permission.PATROL_READ,
        write=Permission.PATROL_WRITE,
        add_label=_("Record a checkpoint"),
        about=_("Public places that patrols pass. A patrol only says which of them it passed."),
        icon="area",
        menu_order=46,
    )
)
