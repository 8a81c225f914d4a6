"""What officers of a desk find in the navigation and on the first screen."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.tips import work
from luytre.ui import navigation
from luytre.ui.navigation import Card, Entry

navigation.add(Entry(gettext_lazy("Tips"), "desk:home", "speak", (Permission.TIP_WORK,), order=6))


@navigation.add_cards(Permission.TIP_WORK)
def waiting(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    """One for each desk: how many are open. That a clock is near is a card of its own."""
    now = timezone.now()
    for desk in work.desks(request.user, scope):
        found = work.counts(desk, now=now)
        words = ngettext("%(count)d tip is open", "%(count)d tips are open", found["open"]) % {"count": found["open"]}
        yield Card(_("Tips"), f"{desk}. {words}.", reverse("desk:inbox", args=[desk.pk]), _("Open the tips"), order=20)
