"""What the first screen says of initiative sites: which went quiet, and what an office above wrote about them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.registry.models import Appeal, KeeperNotice, Site, Stage
from luytre.registry.quiet import is_keeper, limit_of, quiet
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.REGISTER_WRITE)
def quiet_sites(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """To the keeper: the longest quiet one, with the four questions. To an office above: how many, and the list."""
    rows = quiet(scope)
    count = rows.count()
    if not count:
        return
    first = rows.longest_quiet_first(scope.on).select_related("initiative", "area")[0]
    keeper = is_keeper(scope)
    months = limit_of(scope)
    told = {"site": str(first), "months": months}
    yield Card(
        title=_("Sites gone quiet"),
        figure=ngettext("%(count)d site", "%(count)d sites", count) % {"count": count},
        text=ngettext(
            "Nothing seen for %(months)d month or more. Longest quiet: %(site)s.",
            "Nothing seen for %(months)d months or more. Longest quiet: %(site)s.",
            months,
        )
        % told,
        url=reverse("registry:site-interview", args=[first.pk]) if keeper else reverse("registry:quiet-sites"),
        action=_("Answer the four questions") if keeper else _("Find them and write to their keepers"),
        tone="near",
        tone_words=_("no sign of life"),
        order=26,
    )


@add_cards(Permission.REGISTER_WRITE)
def notices(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """What an office above wrote, until it is answered."""
    if not is_keeper(scope):
        return
    for notice in KeeperNotice.objects.within(scope).unanswered().select_related("by")[:3]:
        yield Card(
            title=_("A notice about sites that you keep"),
            figure=f"{notice.at:%d/%m/%Y}",
            text=_("%(sender)s: %(text)s") % {"sender": notice.by, "text": Truncator(notice.text).chars(160)},
            url=reverse("registry:notice", args=[notice.pk]),
            action=_("Read and answer"),
            tone="near",
            tone_words=_("waits for an answer"),
            order=18,
        )


@add_cards(Permission.REGISTER_WRITE)
def appeals(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Objections to decisions that somebody else took."""
    for appeal in Appeal.objects.waiting_for(request.user, scope):
        site = appeal.against.site
        yield Card(
            title=_("An appeal waits for an answer"),
            text=f"{site}: {Truncator(appeal.text).chars(160)}",
            url=reverse("registry:site-appeal-answer", args=[site.pk]),
            action=_("Answer the appeal"),
            tone="near",
            tone_words=_("waits for an answer"),
            order=19,
        )


@add_cards(Permission.REGISTER_WRITE)
def proposals(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Sites that were approved and not launched yet."""
    rows = Site.objects.within(scope).kept().filter(launched_on=None, steps__kind=Stage.APPROVED).distinct()
    count = rows.count()
    if count:
        yield Card(
            title=_("Approved, to be launched"),
            figure=ngettext("%(count)d site", "%(count)d sites", count) % {"count": count},
            text=str(rows[0]),
            url=reverse("registry:sites-record", args=[rows[0].pk]),
            action=_("Open the site"),
            order=44,
        )
