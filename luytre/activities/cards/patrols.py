"""What the first screen says of patrols and hazards."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.activities.models import Hazard
from luytre.areas.models import Scope
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.PATROL_WRITE)
def record_a_patrol(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    yield Card(
        title=_("Back from a patrol?"),
        text=_("Record it in a minute; a broken lamp goes on the same page."),
        url=reverse("activities:patrols-add"),
        action=_("Record a patrol"),
        order=12,
    )


@add_cards(Permission.HAZARD_WORK, Permission.PATROL_WRITE)
def hazards_that_wait(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Only where something waits: late, without an owner, or to be looked at again."""
    rows = Hazard.objects.within(scope)
    late, new, again = (
        rows.overdue_on(scope.on).count(),
        rows.waiting_for_an_owner().count(),
        rows.waiting_for_a_look().count(),
    )
    count = late + new + again
    if not count:
        return
    said = [
        ngettext("%(count)d overdue", "%(count)d overdue", late) % {"count": late} if late else "",
        ngettext("%(count)d without an owner", "%(count)d without an owner", new) % {"count": new} if new else "",
        ngettext("%(count)d to look at again", "%(count)d to look at again", again) % {"count": again} if again else "",
    ]
    yield Card(
        title=_("Hazards of places"),
        figure=ngettext("%(count)d place", "%(count)d places", count) % {"count": count},
        text="; ".join(filter(None, said)),
        url=reverse("activities:hazard-board"),
        action=_("See what waits"),
        tone="late" if late else "near",
        tone_words=_("overdue") if late else _("waits"),
        order=14,
    )
