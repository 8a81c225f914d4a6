"""The small pages of a site's way and upkeep: each asks once and does one verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.accounts.access import StaffRequest, View, allow
from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.registry.forms import site_verbs as asked
from luytre.registry.forms.site_verbs import VerbForm
from luytre.registry.models import Site, Stage
from luytre.registry.models.decisions import AlreadyAnswered, DecidesOnOneself
from luytre.registry.models.initiatives import AlreadyClosed, ClosesBeforeLaunch, MergesIntoNothing
from luytre.registry.models.procedure import BeforeTheLastStep, DoesNotFollow, NothingToAppeal
from luytre.registry.models.upkeep import BeforeTheLaunch
from luytre.registry.views.asking import ask

Words = str | Promise
RECORD = "registry:sites-record"

REFUSALS: dict[type[Exception], tuple[str | None, Words]] = {
    AlreadyClosed: (None, _("The site was closed before.")),
    ClosesBeforeLaunch: ("on", _("This is before the day of the launch.")),
    BeforeTheLaunch: ("on", _("This is before the day of the launch.")),
    BeforeTheLastStep: ("on", _("This is before what happened last.")),
    DoesNotFollow: (None, _("This may not follow what happened last. Look at the site's page.")),
    MergesIntoNothing: ("into", _("A site goes on only in another one that is at work.")),
    DecidesOnOneself: (None, _("You took the decision yourself: somebody else must answer.")),
    AlreadyAnswered: (None, _("The appeal was answered before.")),
    NothingToAppeal: (None, _("No decision against the site waits for this.")),
    IntegrityError: ("on", _("There is one of this day already.")),
}


@dataclass(frozen=True)
class Deed:
    """A verb of a site: what is asked, what is done, what is said afterwards."""

    title: Words
    form: type[VerbForm]
    do: Callable[[Site, User, dict[str, Any]], object]
    done: Words
    initial: Callable[[Site, Any], Mapping[str, Any]] = lambda site, day: {}
    refusals: Mapping[type[Exception], tuple[str | None, Words]] = field(default_factory=lambda: REFUSALS)


def page(deed: Deed) -> View:
    @allow(Permission.REGISTER_WRITE)
    def asking(request: StaffRequest, pk: int) -> HttpResponse:
        site = get_object_or_404(Site.objects.within(request.scope), pk=pk)
        today = request.scope.on
        first = {"on": today, **deed.initial(site, today)}
        form = deed.form(request.POST or None, site=site, scope=request.scope, initial=first)
        if form.is_valid() and done(deed, site, request.user, form):
            messages.success(request, str(deed.done))
            return redirect(RECORD, pk=pk)
        return ask(request, form, title=deed.title, record=site, back=RECORD)

    return asking


def done(deed: Deed, site: Site, by: User, form: forms.Form) -> bool:
    """Whether the verb was done; why not stands in the form."""
    try:
        with transaction.atomic():
            deed.do(site, by, form.cleaned_data)
    except tuple(deed.refusals) as refusal:
        where, words = next(said for kind, said in deed.refusals.items() if isinstance(refusal, kind))
        form.add_error(where, words)  # type: ignore[arg-type]
        return False
    return True


def counts(site: Site, day: Any) -> dict[str, Any]:
    """The numbers that hold today, to be corrected."""
    last = site.counts_on(day)
    return {name: getattr(last, name) for name in asked.SiteCountForm.base_fields if name != "on"}


approve = page(
    Deed(
        _("Approve"),
        asked.ApprovalForm,
        lambda site, by, said: site.approve(by=by, **said),
        _("Approved. It can be launched now."),
    )
)
refuse = page(
    Deed(
        _("Refuse"),
        asked.RefusalForm,
        lambda site, by, said: site.refuse(by=by, **said),
        _("Refused, with its reason and rule. Whoever proposed it may appeal."),
    )
)
propose_again = page(
    Deed(
        _("Propose again"),
        asked.NoteForm,
        lambda site, by, said: site.take(Stage.PROPOSED, by=by, **said),
        _("Proposed again."),
    )
)
launch = page(
    Deed(
        _("Launch"),
        asked.LaunchForm,
        lambda site, by, said: site.launch(by=by, **said),
        _("Launched. It counts in the figures from its day on."),
    )
)
review = page(
    Deed(
        _("Review this site"),
        asked.NoteForm,
        lambda site, by, said: site.review(by=by, **said),
        _("The review is recorded."),
    )
)
strengthen = page(
    Deed(
        _("Strengthen this site"),
        asked.NoteForm,
        lambda site, by, said: site.strengthen(by=by, **said),
        _("Recorded. It counts as strengthened in its period."),
    )
)
count = page(
    Deed(
        _("Count its people again"),
        asked.SiteCountForm,
        lambda site, by, said: site.count(by=by, **said),
        _("Counted. Figures of earlier days stay as they were."),
        counts,
    )
)
head = page(
    Deed(
        _("Somebody else heads it"),
        asked.HeadForm,
        lambda site, by, said: site.be_headed(by=by, **said),
        _("Recorded."),
    )
)
fund = page(
    Deed(
        _("Money or goods for this site"),
        asked.FundingForm,
        lambda site, by, said: site.fund(by=by, **said),
        _("Recorded."),
    )
)
equip = page(
    Deed(
        _("Equipment of this site"),
        asked.EquipmentForm,
        lambda site, by, said: site.equip(by=by, **said),
        _("Recorded."),
    )
)
rate = page(
    Deed(
        _("Rate this site"),
        asked.RatingForm,
        lambda site, by, said: site.rate(by=by, **said),
        _("Rated."),
        refusals={**REFUSALS, IntegrityError: ("on", _("The site was rated on this day before."))},
    )
)
close = page(
    Deed(
        _("Close this site"),
        asked.ClosingForm,
        lambda site, by, said: site.close(by=by, **said),
        _("Closed. It stays in the register with its reason; its carrier may appeal."),
    )
)
merge = page(
    Deed(
        _("Merge into another site"),
        asked.SiteMergingForm,
        lambda site, by, said: site.close(by=by, **said),
        _("Merged. It stays in the register with its reason."),
    )
)
appeal = page(
    Deed(
        _("Record an appeal"),
        asked.AppealForm,
        lambda site, by, said: site.object_to(by=by, **said),
        _("The appeal is recorded. Somebody who had no part in the decision answers it."),
    )
)
answer_appeal = page(
    Deed(
        _("Answer the appeal"),
        asked.AppealAnswerForm,
        lambda site, by, said: site.answer_appeal(by=by, **said),
        _("Answered, with its reason and rule."),
    )
)
