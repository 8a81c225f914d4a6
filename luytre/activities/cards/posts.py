"""Loudspeaker slots on the first screen."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.activities.models import LoudspeakerSlot
from luytre.areas.models import Scope
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.SESSION_WRITE)
def waiting_slots(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    rows = LoudspeakerSlot.objects.waiting_on(scope.on).within(scope)
    count = rows.count()
    if count:
        first = rows.order_by("slot_on", "slot_at")[0]
        yield Card(
            title=_("On the loudspeakers"),
            figure=ngettext("%(count)d slot", "%(count)d slots", count) % {"count": count},
            text=str(first),
            url=reverse("activities:loudspeaker-slot-outcome", args=[first.pk]),
            action=_("Read it, and say whether it was played"),
            order=24,
        )
