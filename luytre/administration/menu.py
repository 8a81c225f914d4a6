"""What this app puts into the navigation and on the first screen."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luytre.accounts.access import StaffRequest, has_second_step
from luytre.accounts.models import SubjectRequest
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS
from luytre.areas.models import Scope, TerritoryChange
from luytre.areas.models.changes import ChangeState
from luytre.ui import navigation
from luytre.ui.navigation import Card, Entry

GROUP = gettext_lazy("Administration")
ENTRIES = [
    Entry(gettext_lazy("Accounts"), "administration:people", "user", (Permission.ACCOUNT_READ,), 80, group=GROUP),
    Entry(
        gettext_lazy("Requests about own data"),
        "administration:desk",
        "promise",
        (Permission.SUBJECT_REQUEST,),
        85,
        group=GROUP,
    ),
    Entry(
        gettext_lazy("Changes of the territory"),
        "administration:changes",
        "map",
        (Permission.TERRITORY_CHANGE,),
        82,
        group=GROUP,
    ),
    Entry(gettext_lazy("Audit trail"), "administration:trail", "audit", (Permission.AUDIT_READ,), 90, group=GROUP),
]
for entry in ENTRIES:
    navigation.add(entry)


@navigation.add_cards(*Permission)
def second_step(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    """Asked of every role that reaches further than one residential area, until it is there."""
    roles = request.user.roles_on(scope.on)
    if any(GRANTS[role].asks_second_step for role in roles) and not has_second_step(request.user):
        yield Card(
            title=_("Make your account safer"),
            text=_("Add a second step: an app that shows six digits, or a passkey. It takes two minutes."),
            url=reverse("mfa_index"),
            action=_("Add a second step"),
            tone="near",
            tone_words=_("not set up yet"),
            order=90,
        )


@navigation.add_cards(Permission.TERRITORY_CHANGE)
def changes_waiting(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    drafts = TerritoryChange.objects.within(scope).in_state(ChangeState.DRAFT).exclude(drafted_by=request.user)
    if count := drafts.count():
        words = ngettext("%(count)d draft waits for you.", "%(count)d drafts wait for you.", count)
        yield Card(
            title=_("Changes of the territory"),
            text=words % {"count": count},
            url=reverse("administration:changes"),
            action=_("Look at them"),
            tone="near",
            tone_words=_("waiting"),
            order=25,
        )


@navigation.add_cards(Permission.SUBJECT_REQUEST)
def requests_waiting(request: StaffRequest, scope: Scope) -> Iterator[Card]:
    waiting = SubjectRequest.objects.within(scope).open().order_by("answer_by")
    count, first = waiting.count(), waiting.first()
    if first is None:
        return
    is_late = first.answer_by < timezone.now()
    yield Card(
        title=_("Requests about own data"),
        text=ngettext(
            "%(count)d person waits for an answer.", "%(count)d people wait for an answer.", count
        ) % {"count": count},
        url=reverse("administration:desk"),
        action=_("Answer them"),
        tone="late" if is_late else "near",
        tone_words=_("late") if is_late else _("waiting"),
        order=20,
    )  # fmt: skip
