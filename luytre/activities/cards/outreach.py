"""What the first screen says of outreach: one tap to record, and what was recorded this month."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.activities.models import OutreachSession
from luytre.areas.models import Area, Level, Scope
from luytre.common import periods
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.SESSION_WRITE)
def record_a_session(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    yield Card(
        title=_("Held an outreach session?"),
        text=_("Record it once; the totals of commune, province and nation follow at once."),
        url=reverse("activities:outreach-sessions-add"),
        action=_("Record an outreach session"),
        order=10,
    )


@add_cards(Permission.SESSION_READ)
def this_month(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    window = periods.month_of(scope.on)
    count = OutreachSession.objects.held_in(window.first_day, window.end).group().within(scope).count()
    yield Card(
        title=_("Outreach this month"),
        figure=ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count},
        text=str(window),
        url=f"{reverse('activities:outreach-sessions-list')}?since={window.first_day}&until={window.last_day}",
        action=_("Open the list"),
        order=30,
    )


@add_cards(Permission.SESSION_READ)
def silent_areas(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Residential areas of my communes without a session this month; too many to name beyond a commune."""
    window = periods.month_of(scope.on)
    areas = Area.objects.within(scope).filter(level=Level.RESIDENTIAL)
    held = OutreachSession.objects.held_in(window.first_day, window.end).values("area__standings__place")
    silent = areas.exclude(pk__in=held)
    names = [area.full_name for area in silent.sorted()[:4]]
    count = silent.count()
    if count and areas.count() < 200:
        more = _("%(names)s and %(count)d more") % {"names": ", ".join(names[:3]), "count": count - 3}
        yield Card(
            title=_("Quiet this month"),
            figure=ngettext("%(count)d residential area", "%(count)d residential areas", count) % {"count": count},
            text=more if count > 4 else ", ".join(names),
            url=f"{reverse('activities:outreach-sessions-list')}?since={window.first_day}&until={window.last_day}",
            action=_("See what was held"),
            tone="near",
            tone_words=_("no session yet"),
            order=40,
        )
