"""What sessions add to the reach of a material: each session's head-count once, however many materials it used."""

from collections.abc import Iterable

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from luytre.activities.models import LoudspeakerSlot, OutreachSession
from luytre.bulletins import usage
from luytre.bulletins.models import Material
from luytre.bulletins.usage import Count


def of_sessions(material: Material) -> Iterable[Count]:
    sessions = OutreachSession.objects.kept().filter(materials=material)
    yield _("sessions that used it"), sessions.count()
    yield _("attendances at these sessions"), sessions.aggregate(sum=Sum("attendance"))["sum"] or 0
    slots = LoudspeakerSlot.objects.kept().filter(material=material, airing__outcome="played")
    yield _("times played on loudspeakers"), slots.count()


usage.COUNTERS.append(of_sessions)
