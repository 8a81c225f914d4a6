"""What the first screen says of returns: what is due, what waits to be approved, who below is silent."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.reporting.returns import looking, owing
from luytre.reporting.returns.looking import Look
from luytre.reporting.returns.owing import Owed
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.RETURN_WRITE)
def returns_to_send(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """The reminder on the first screen: overdue first, then what is open."""
    owed = [one for one in owing.of_units(owing.own_units(scope), today=scope.on) if one.asks_for_work]
    if not owed:
        return
    late = [one for one in owed if one.is_overdue]
    first = min(owed, key=lambda one: one.due_on)
    told = {
        "form": first.form.name,
        "window": first.window.name or str(first.window),
        "day": f"{first.due_on:%d/%m/%Y}",
    }
    yield Card(
        title=_("Returns to send"),
        figure=ngettext("%(count)d return", "%(count)d returns", len(owed)) % {"count": len(owed)},
        text=_("%(form)s, %(window)s, was due on %(day)s.") % told
        if late
        else _("%(form)s, %(window)s, is due on %(day)s.") % told,
        url=reverse("reporting:returns"),
        action=_("Fill them in"),
        tone="late" if late else "near",
        tone_words=_("overdue") if late else _("to be filled in"),
        order=15,
    )


@add_cards(Permission.RETURN_APPROVE)
def returns_to_approve(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """One card for the form with most waiting; the page of returns has them all."""
    yield from to_sign_card(owing.to_sign(scope))
    looks = looking.below(scope, today=scope.on)
    waiting = sum(look.total.waiting for look in looks)
    if waiting:
        most = max(looks, key=lambda look: look.total.waiting)
        yield Card(
            title=_("Returns to approve"),
            figure=ngettext("%(count)d return", "%(count)d returns", waiting) % {"count": waiting},
            text=_("Most are of “%(form)s”.") % {"form": most.form.name},
            url=most.url(state="waiting"),
            action=_("Look at them"),
            tone="near",
            tone_words=_("waiting"),
            order=16,
        )
    yield from silent_card([look for look in looks if look.total.silent and look.overview.due_on < scope.on])


def to_sign_card(owed: list[Owed]) -> Iterable[Card]:
    """A leader's own commune."""
    if owed:
        yield Card(
            title=_("Returns to sign"),
            figure=ngettext("%(count)d return", "%(count)d returns", len(owed)) % {"count": len(owed)},
            text=f"{owed[0].form.name}, {owed[0].window.name or owed[0].window}",
            url=reverse("reporting:return", args=owed[0].address),
            action=_("Read and approve"),
            tone="near",
            tone_words=_("waiting"),
            order=14,
        )


def silent_card(looks: list[Look]) -> Iterable[Card]:
    if not looks:
        return
    worst = max(looks, key=lambda look: look.total.silent)
    told = {"silent": worst.total.silent, "owed": worst.total.owed, "form": worst.form.name}
    yield Card(
        title=_("Who has not sent"),
        figure=ngettext("%(count)d unit", "%(count)d units", worst.total.silent) % {"count": worst.total.silent},
        text=_("%(silent)d of %(owed)d have not sent “%(form)s”, which was due.") % told,
        url=worst.url(state="silent"),
        action=_("Open the list"),
        tone="late",
        tone_words=_("overdue"),
        order=35,
    )
