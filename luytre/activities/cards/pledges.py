"""What the first screen says of pledges: campaigns that are open, with one tap to write a number."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.activities.models import PledgeCampaign
from luytre.areas.models import Scope
from luytre.ui import navigation
from luytre.ui.navigation import Card, Entry, add_cards

navigation.add(
    Entry(
        gettext_lazy("Pledges: how far"),
        "activities:pledges",
        "promise",
        (Permission.PLEDGE_READ,),
        order=44,
        group=gettext_lazy("Registers"),
    )
)


@add_cards(Permission.PLEDGE_WRITE)
def open_campaigns(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    opened = PledgeCampaign.objects.readable(scope).open_on(scope.on).order_by("closes_on", "pk")
    count, first = opened.count(), opened.first()
    if first is None:
        return
    said = {"count": count, "name": first.name, "day": f"{first.closes_on:%d/%m/%Y}"}
    yield Card(
        title=_("Pledges being signed"),
        figure=ngettext("%(count)d campaign is open", "%(count)d campaigns are open", count) % said,
        text=_("%(name)s, until %(day)s. How many more have signed?") % said,
        url=reverse("activities:pledges"),
        action=_("Record signatures"),
        order=35,
    )
