"""On the first screen: that a clock was missed or a complaint waits, and nothing else about it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.tips.clock_rules import COMPLAINT
from luytre.tips.models import Clock, Desk
from luytre.ui import navigation
from luytre.ui.navigation import Card, Entry

navigation.add(Entry(gettext_lazy("Acts and clocks of tips"), "oversight:acts", "audit", (Permission.TIP_OVERSEE,), 88))
navigation.add(Entry(gettext_lazy("Clocks of tips"), "oversight:rules", "promise", (Permission.TIP_RULES,), 89))


@navigation.add_cards(Permission.TIP_WORK)
def complaints(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """About a desk below: there is nothing of it in the inbox, since nobody reads more by a complaint."""
    desks = Desk.objects.worked_by(request.user)
    first = Clock.objects.ticking().filter(rule=COMPLAINT, desk__in=desks).order_by("due_at").first()
    if first is not None:
        is_late = first.due_at < timezone.now()
        yield Card(
            title=_("A clock has run out") if is_late else _("A clock runs"),
            text=_("Somebody complained about how a desk below handles a tip."),
            url=reverse("oversight:complaints"),
            action=_("Answer"),
            tone="late" if is_late else "near",
            tone_words=_("late") if is_late else _("waiting"),
            order=6,
        )


@navigation.add_cards(Permission.TIP_OVERSEE)
def missed(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Of the desk and of those below it, to who holds its keys, its superior and the auditor."""
    if Clock.objects.running().within(scope).filter(breached_at__isnull=False).exists():
        yield Card(
            title=_("A clock was missed"),
            text=_("A desk is late with what the law asks."),
            url=f"{reverse('oversight:clocks')}?state=late",
            action=_("See which"),
            tone="late",
            tone_words=_("late"),
            order=12,
        )
