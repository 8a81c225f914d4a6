"""What officers of a desk find in the navigation and on the first screen."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.tips import custody, keyring, work
from luytre.ui import navigation
from luytre.ui.navigation import Card, Entry

navigation.add(Entry(gettext_lazy("Tips"), "desk:home", "speak", (Permission.TIP_WORK,), order=6))
KEYS = (Permission.TIP_WORK, Permission.TIP_KEYS, Permission.TIP_CUSTODY)
navigation.add(Entry(gettext_lazy("My keys"), "desk:keyring", "key", KEYS, order=7))
navigation.add(
    Entry(gettext_lazy("Identities of reporters"), "desk:identities", "people", (Permission.TIP_CUSTODY,), order=8)
)
LIST_SOON = timedelta(days=4)


@navigation.add_cards(Permission.TIP_WORK)
def waiting(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    """One for each desk: how many are open. That a clock is near is a card of its own."""
    now = timezone.now()
    for desk in work.desks(request.user, scope):
        found = work.counts(desk, now=now)
        words = ngettext("%(count)d tip is open", "%(count)d tips are open", found["open"]) % {"count": found["open"]}
        yield Card(_("Tips"), f"{desk}. {words}.", reverse("desk:inbox", args=[desk.pk]), _("Open the tips"), order=20)


@navigation.add_cards(Permission.TIP_WORK)
def left_behind(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    for desk in work.followed(request.user, scope):
        title, text = _("Tips wait in a desk that is closed"), _("%(desk)s is closed.") % {"desk": desk}
        yield Card(title, text, reverse("desk:carry", args=[desk.pk]), _("Carry them"), order=7)


@navigation.add_cards(Permission.TIP_KEYS)
def of_holders(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    """Somebody waits to be certified, or the list runs out soon: then the desk takes no tips."""
    for desk in keyring.held(request.user, scope):
        address = reverse("desk:people", args=[desk.pk])
        waits = desk.keys.filter(certified_at=None, withdrawn_at=None).exclude(user=request.user)
        if waits.exists():
            yield Card(_("A key waits to be certified"), str(desk), address, _("Compare and certify"), order=9)
        last = keyring.list_of(desk)
        if last and last.expires_at - timezone.now() < LIST_SOON:
            text = _("%(desk)s: until %(day)s.") % {"desk": desk, "day": f"{last.expires_at:%d/%m/%Y}"}
            yield Card(_("The desk's list of keys runs out"), text, address, _("Sign it again"), order=5)


@navigation.add_cards(Permission.TIP_CUSTODY)
def of_custodians(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    for key in custody.keys(request.user).filter(desk__in=custody.desks(request.user, scope)):
        if custody.to_agree(key).exists():
            address = reverse("desk:custody", args=[key.desk_id])
            yield Card(_("A custodian asks you"), str(key.desk), address, _("Look at it"), order=9)
