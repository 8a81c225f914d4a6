"""What the registers of members and trainings yield of guard teams: who came, who left, what they learned.

Each is a bare count. A training counts for the guard teams once one of their members is ticked as there.
"""

from django.db.models import Exists, OuterRef, QuerySet

from luytre.common.periods import Window
from luytre.registry.models import Leaving, Member, RecognisedMember, Training, TrainingRecord
from luytre.registry.models.training import TrainingRecordQuerySet
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator


def recognised(window: Window) -> QuerySet[Member]:
    """Whose first recognition by the chair lies in the window; a change of team is none."""
    granted = RecognisedMember.objects.filter(member=OuterRef("pk"))
    until, before = granted.granted_on(window.last_day), granted.granted_before(window.first_day)
    return Member.objects.kept().filter(Exists(until), ~Exists(before), team__isnull=False)


def left(window: Window) -> QuerySet[Leaving]:
    """Not overturned on objection by the last day."""
    standing = Leaving.objects.standing_on(window.last_day).filter(on__gte=window.first_day)
    return standing.filter(member__team__isnull=False, member__removed_at=None)


def of_guards() -> TrainingRecordQuerySet:
    kept = TrainingRecord.objects.filter(member__team__isnull=False, member__removed_at=None)
    return kept.exclude(training__removed_at__isnull=False)


def held_for_guards(window: Window) -> QuerySet[Training]:
    was_there = of_guards().filter(training=OuterRef("pk"))
    return Training.objects.held_in(window.first_day, window.end).filter(Exists(was_there))


def trained(window: Window) -> QuerySet[Member]:
    """Each once, however many topics they were trained in; topics that duty does not ask for are left out."""
    needed = of_guards().held_in(window.first_day, window.end).filter(topic__guards_need_it=True)
    return Member.objects.kept().filter(Exists(needed.filter(member=OuterRef("pk"))), team__isnull=False)


indicators.add(Indicator(code="security_protection_members_joined", rows=recognised))
indicators.add(Indicator(code="security_protection_members_left", rows=left, areas=("member__area",)))
indicators.add(Indicator(code="security_protection_trainings", rows=held_for_guards))
indicators.add(Indicator(code="security_protection_members_trained", rows=trained))
