"""What the first screen says of duty: where people are still wanted this week."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.activities import rosters
from luytre.areas.models import Scope
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.DUTY_WRITE)
def places_to_fill(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Only where a shift of this week still wants somebody."""
    count = rosters.places_to_fill(scope)
    if count:
        yield Card(
            title=_("Duty this week"),
            figure=ngettext("%(count)d place to fill", "%(count)d places to fill", count) % {"count": count},
            text=_("Shifts that still want somebody."),
            url=reverse("activities:duty-teams"),
            action=_("Open the rosters"),
            tone="near",
            tone_words=_("to fill"),
            order=16,
        )
