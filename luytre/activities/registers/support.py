"""The registers of help for people who come home: what is offered, and how many took it up."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms.support import SupportOfferForm, SupportUptakeForm
from luytre.activities.models import SupportOffer, SupportUptake
from luytre.ui import registers

offers = registers.add(
    registers.Register(
        name="support-offers",
        app="activities",
        model=SupportOffer,
        columns=["title", "kind", "area", "offered_by", "place_count", "open_until"],
        related=["area", "area__parent"],
        filters=["kind"],
        dated="open_from",
        order="-open_from",
        form=SupportOfferForm,
        facts=[(_("taken up so far"), "taken_count")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record an offer of help"),
        about=_("Jobs, courses, loans and people at one's side. Whoever wants one takes it up by themselves."),
        icon="sprout",
        menu_order=53,
    )
)
uptakes = registers.add(
    registers.Register(
        name="support-uptakes",
        app="activities",
        model=SupportUptake,
        columns=["month", "offer", "area", "taken_count", "amount_vnd"],
        related=["area", "area__parent", "offer"],
        dated="month",
        order="-month",
        form=SupportUptakeForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record how many took an offer up"),
        about=_("A number for an offer and a month. No list of people stands behind it."),
        icon="chart",
        menu_order=54,
    )
)
