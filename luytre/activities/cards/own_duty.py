"""What the first screen says to a member whose account is linked: the next shift of their own."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from luytre.accounts.access import StaffRequest
from luytre.activities import rosters
from luytre.areas.models import Scope
from luytre.ui.navigation import Card, add_cards


@add_cards()
def next_shift(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    own = rosters.own_duties(request.user).coming(scope.on).select_related("shift", "shift__team", "shift__group")
    if duty := own.first():
        shift = duty.shift
        yield Card(
            title=_("Your next duty"),
            figure=f"{date_format(shift.on, 'D d/m')}, {shift.hours}",
            text=str(shift.unit),
            url=reverse("activities:duty-mine"),
            action=_("My own duty"),
            order=14,
        )
