"""What the first screen says of members and teams: who waits, whose term or training ends soon."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.registry.models import Grading, JoinRequest, Member, Objection, Recognition, TrainingRecord
from luytre.ui.navigation import Card, add_cards

TERM_SOON, TRAINING_SOON = timedelta(days=30), timedelta(days=60)


def members_in(count: int) -> str:
    return ngettext("%(count)d member", "%(count)d members", count) % {"count": count}


@add_cards(Permission.MEMBER_DECIDE)
def waiting_for_the_chair(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    count = Recognition.objects.within(scope).open().count() + Grading.objects.within(scope).open().count()
    count += Objection.objects.within(scope).open().count()
    if count:
        yield Card(
            title=_("Waiting for your decision"),
            figure=ngettext("%(count)d proposal", "%(count)d proposals", count) % {"count": count},
            text=_("Recognition of members, grades of guard teams, objections."),
            url=reverse("registry:decisions"),
            action=_("Open the decisions"),
            tone="near",
            tone_words=_("waiting"),
            order=15,
        )


@add_cards(Permission.MEMBER_WRITE)
def asking_to_join(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    if count := JoinRequest.objects.within(scope).open().count():
        yield Card(
            title=_("Somebody wants to take part"),
            figure=ngettext("%(count)d request", "%(count)d requests", count) % {"count": count},
            text=_("Call them back. Unanswered, a request is deleted after ninety days."),
            url=reverse("registry:decisions"),
            action=_("Open the requests"),
            tone="near",
            tone_words=_("waiting"),
            order=18,
        )


@add_cards(Permission.MEMBER_WRITE)
def terms_ending(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    until = scope.on + TERM_SOON
    ending = Member.objects.within(scope).serving_on(scope.on).filter(serves_until__lte=until)
    if count := ending.count():
        yield Card(
            title=_("Terms end within a month"),
            figure=members_in(count),
            text=_("Whose term has ended cannot be put on duty."),
            url=f"{reverse('registry:members-list')}?since={scope.on}&until={until}",
            action=_("See who"),
            tone="near",
            tone_words=_("soon"),
            order=26,
        )


@add_cards(Permission.MEMBER_WRITE)
def training_ending(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Somebody trained anew in the topic is not counted."""
    around = (scope.on - TRAINING_SOON, scope.on + TRAINING_SOON)
    running_out = TrainingRecord.objects.last_of_topic().filter(expires_on__range=around)
    serving = Member.objects.within(scope).serving_on(scope.on)
    if count := serving.filter(pk__in=running_out.values("member")).count():
        yield Card(
            title=_("Training runs out within two months"),
            figure=members_in(count),
            text=_("Whoever lacks a needed topic cannot be put on duty. Plan a training in time."),
            url=reverse("registry:trainings-list"),
            action=_("Open the trainings"),
            tone="near",
            tone_words=_("soon"),
            order=27,
        )
