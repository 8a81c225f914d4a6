"""The registers of what is handed in, and of its way to the competent body."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms.hand_ins import HandInCampaignForm, HandInForm, HandOverForm
from luytre.activities.models import HandIn, HandInCampaign, HandOver
from luytre.ui import registers

campaigns = registers.add(
    registers.Register(
        name="hand-in-campaigns",
        app="activities",
        model=HandInCampaign,
        columns=["name", "area", "opens_on", "closes_on"],
        related=["area", "area__parent"],
        dated="closes_on",
        order="-closes_on",
        form=HandInCampaignForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Open a hand-in campaign"),
        about=_("Days in which a place asks for weapons, explosives, support tools and fireworks to be handed in."),
        icon="book",
        menu_order=50,
    )
)
hand_ins = registers.add(
    registers.Register(
        name="hand-ins",
        app="activities",
        model=HandIn,
        columns=["received_on", "place", "area", "received_by", "origin"],
        related=["area", "area__parent", "campaign", "receipt"],
        filters=["origin"],
        dated="received_on",
        order="-received_on",
        form=HandInForm,
        facts=[(_("handed in"), "in_words"), (_("receipt"), "receipt_number")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a hand-in"),
        about=_("What was handed in, kind by kind. Who brought it is neither asked nor kept."),
        actions=[registers.Action(_("Receipt"), "activities:hand-in-receipt")],
        icon="download",
        menu_order=51,
    )
)
hand_overs = registers.add(
    registers.Register(
        name="hand-overs",
        app="activities",
        model=HandOver,
        columns=["handed_on", "from_body", "to_body", "area", "to_kind"],
        related=["area", "area__parent", "before", "onward", "fate"],
        filters=["to_kind"],
        dated="handed_on",
        order="-handed_on",
        form=HandOverForm,
        facts=[(_("arrived"), "in_words"), (_("now"), "state")],
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Record a hand-over"),
        about=_("From the commune to the competent body and on to the end. Amounts balance, or a reason says why not."),
        actions=[
            registers.Action(_("Amounts that arrived"), "activities:hand-over-balance"),
            registers.Action(
                _("Hand on to the next body"), "activities:hand-over-onward", when=lambda one: not one.is_settled
            ),
            registers.Action(
                _("Destroyed or kept"), "activities:hand-over-settlement", when=lambda one: not one.is_settled
            ),
        ],
        icon="arrow",
        menu_order=52,
    )
)
