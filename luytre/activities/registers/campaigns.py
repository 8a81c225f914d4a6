"""The register of plans and campaigns of outreach."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.activities.forms import CampaignForm
from luytre.activities.models import Campaign
from luytre.ui import registers

campaigns = registers.add(
    registers.Register(
        name="campaigns",
        app="activities",
        model=Campaign,
        columns=["name", "kind", "area", "first_day", "last_day"],
        related=["area", "area__parent"],
        filters=["kind"],
        dated="first_day",
        order="-first_day",
        form=CampaignForm,
        read=Permission.SESSION_READ,
        write=Permission.REGISTER_WRITE,
        add_label=_("Start a plan or campaign"),
        about=_("What outreach is meant to reach, where and when. Aims count in no figure; sessions that name it do."),
        actions=[
            registers.Action(_("Progress"), "activities:campaign-progress"),
            registers.Action(_("Sessions meant by month"), "activities:campaign-months"),
        ],
        icon="promise",
        menu_order=57,
    )
)
