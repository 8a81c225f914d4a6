"""Planned sessions on the first screen: those of today, and those whose outcome nobody has told."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.activities.models import PlannedSession
from luytre.areas.models import Scope
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.SESSION_WRITE)
def today(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    rows = PlannedSession.objects.waiting().within(scope).filter(planned_on=scope.on)
    for planned in rows.order_by("starts_at", "pk")[:2]:
        yield Card(
            title=_("A session today"),
            text=str(planned),
            url=reverse("activities:planned-sessions-record", args=[planned.pk]),
            action=_("Open a room, or record it"),
            order=8,
        )


@add_cards(Permission.SESSION_WRITE)
def untold(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    rows = PlannedSession.objects.overdue_on(scope.on).within(scope)
    count = rows.count()
    if count:
        yield Card(
            title=_("Was it held?"),
            figure=ngettext("%(count)d planned session", "%(count)d planned sessions", count) % {"count": count},
            text=str(rows.order_by("planned_on")[0]),
            url=f"{reverse('activities:planned-sessions-list')}?until={scope.on - timedelta(days=1)}",
            action=_("Say what became of it"),
            tone="near",
            tone_words=_("its day is over"),
            order=22,
        )
