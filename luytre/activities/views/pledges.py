"""Pledges at work: what is open here, how far it is, and the numbers a residential area hands in."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities import pledge_progress as progress
from luytre.activities.models import PledgeCampaign, PledgeCount
from luytre.activities.pledge_progress import Line, Progress
from luytre.activities.registers.pledges import counts
from luytre.areas.models import Level, Scope
from luytre.common.numbers import format_number
from luytre.ui.components import Column
from luytre.ui.drawing import linked
from luytre.ui.kit.pages import uid_of

SHOWN = 12


@require_safe
@allow(Permission.PLEDGE_READ)
def index(request: StaffRequest) -> HttpResponse:
    """Open campaigns of this place and of those above it, and the newest that are over."""
    rows = PledgeCampaign.objects.readable(request.scope).kept().select_related("area")
    opened = rows.open_on(request.scope.on).order_by("closes_on", "pk")[:SHOWN]
    over = rows.filter(closes_on__lt=request.scope.on).order_by("-closes_on", "pk")[:SHOWN]
    context = {"campaigns": [progress.of(one, scope=request.scope) for one in opened], "over": over}
    return render(request, "activities/pledges.html", context)


def campaign_of(request: StaffRequest, pk: int) -> PledgeCampaign:
    found: PledgeCampaign = get_object_or_404(PledgeCampaign.objects.readable(request.scope).kept(), pk=pk)
    return found


@require_safe
@allow(Permission.PLEDGE_READ)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    found = progress.of(campaign, scope=narrowed(request))
    context = {
        "campaign": campaign,
        "found": found,
        "table": table_of(found, campaign, links=True),
        "may_count": campaign.is_open_on(request.scope.on) and request.user.may(
            Permission.PLEDGE_WRITE, on=request.scope.on
        ),
        "link": public_link(request, campaign),
        "crumbs": [(_("Pledges"), reverse("activities:pledges")), (str(campaign), "")],
    }  # fmt: skip
    return render(request, "activities/pledge_progress.html", context)


@require_safe
@allow(Permission.PLEDGE_READ)
def board(request: StaffRequest, pk: int) -> HttpResponse:
    """One sheet to print: the pledge, how to sign it, and the numbers so far."""
    campaign = campaign_of(request, pk)
    found = progress.of(campaign, scope=narrowed(request))
    link = public_link(request, campaign)
    context = {
        "campaign": campaign,
        "table": table_of(found, campaign, links=False),
        "link": link,
        "code": segno.make(link, error="m").svg_data_uri(scale=5, border=2) if link else "",
        "crumbs": [(str(campaign), reverse("activities:pledge-progress", args=[pk])), (_("Sheet for the board"), "")],
    }
    return render(request, "activities/pledge_board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PLEDGE_WRITE)
def count(request: StaffRequest, pk: int) -> HttpResponse:
    """What the head of a residential area writes: one number; the ratio is the answer."""
    campaign = campaign_of(request, pk)
    back = reverse("activities:pledge-progress", args=[pk])
    uid = uid_of(request)
    if PledgeCount.objects.within(request.scope).filter(uid=uid).exists():
        return redirect(back)  # sent twice, by a double tap or a weak network
    form = counts.form_class()(
        request.POST or None, instance=PledgeCount(uid=uid), scope=request.scope, initial={"campaign": pk}
    )
    if request.method == "POST" and form.is_valid():
        form.add(by=request.user)
        messages.success(request, _("Recorded. This is how far it is now."))
        return redirect(back)
    context = {
        "form": form,
        "uid": uid,
        "title": counts.add_label,
        "record": None,
        "draft": f"pledge-{pk}",
        "back": back,
        "crumbs": [(str(campaign), back), (str(counts.add_label), "")],
    }
    return render(request, "ui/kit/form.html", context, status=422 if form.errors else 200)


def narrowed(request: StaffRequest) -> Scope:
    """The scope, or one commune of it that was opened from the list."""
    wanted = request.GET.get("area", "")
    paths = [path for path in [wanted] if wanted.count(".") > 1 and request.scope.covers(path)]
    return Scope(tuple(paths), request.scope.on) if paths else request.scope


def public_link(request: StaffRequest, campaign: PledgeCampaign) -> str:
    if not campaign.is_digital:
        return ""
    return request.build_absolute_uri(reverse("portal:pledge", args=[campaign.public_code]))


def table_of(found: Progress, campaign: PledgeCampaign, *, links: bool) -> dict[str, Any]:
    columns = [Column(_("Area")), *[Column(str(signer), number=True) for signer in found.signers]]
    rows = [[name_of(line, campaign, links=links), *map(said, line.tallies)] for line in found.lines]
    total = [_("All"), *map(said, found.whole)] if len(rows) > 1 else []
    return {"columns": columns, "rows": rows, "total": total}


def name_of(line: Line, campaign: PledgeCampaign, *, links: bool) -> str:
    if line.place is None:
        return _("Counted for the whole place, not for one area")
    if links and line.place.level == Level.COMMUNE:
        address = reverse("activities:pledge-progress", args=[campaign.pk])
        return linked(line.place.full_name, f"{address}?area={line.place.path}")
    return line.place.full_name


def said(tally: progress.Tally) -> str:
    """ "45 / 60 (75 %)", or the number alone where nobody has said of how many."""
    if tally.units is None:
        return tally.signed_in_words
    return f"{tally.signed_in_words} / {format_number(tally.units)} ({tally.share_in_words})"
