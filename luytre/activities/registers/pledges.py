"""The registers of pledges: campaigns, signatures counted, and what there is to sign."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms.pledges import PledgeCampaignForm, PledgeCountForm, UnitCountForm
from luytre.activities.models import PledgeCampaign, PledgeCount, UnitCount
from luytre.ui import registers

campaigns = registers.add(
    registers.Register(
        name="pledge-campaigns",
        app="activities",
        model=PledgeCampaign,
        columns=["name", "area", "opens_on", "closes_on", "is_digital"],
        related=["area", "area__parent"],
        dated="closes_on",
        order="-closes_on",
        form=PledgeCampaignForm,
        read=Permission.REGISTER_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Open a pledge campaign"),
        about=_("What is pledged, by whom, from when until when. Signing is free; nobody is listed."),
        actions=[
            registers.Action(_("How far it is"), "activities:pledge-progress"),
            registers.Action(_("Sheet for the board"), "activities:pledge-board"),
        ],
        icon="promise",
        menu_order=45,
    )
)
counts = registers.add(
    registers.Register(
        name="pledge-counts",
        app="activities",
        model=PledgeCount,
        columns=["counted_on", "campaign", "area", "signer", "signed_count"],
        related=["area", "area__parent", "campaign", "signer"],
        filters=["signer"],
        dated="counted_on",
        order="-counted_on",
        form=PledgeCountForm,
        read=Permission.PLEDGE_READ,
        write=Permission.PLEDGE_WRITE,
        add_label=_("Record signatures"),
        about=_("Signatures on paper as they were counted: a number for an area, never names."),
        icon="promise",
        offline=True,
        menu_order=46,
    )
)
units = registers.add(
    registers.Register(
        name="unit-counts",
        app="activities",
        model=UnitCount,
        columns=["as_of", "area", "signer", "unit_count"],
        related=["area", "area__parent", "signer"],
        filters=["signer"],
        dated="as_of",
        order="-as_of",
        form=UnitCountForm,
        read=Permission.PLEDGE_READ,
        write=Permission.PLEDGE_WRITE,
        add_label=_("Record how many there are"),
        about=_("How many households, lodgings or schools an area has: what the signatures are set against."),
        icon="group",
        offline=True,
        menu_order=47,
    )
)
