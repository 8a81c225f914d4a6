"""What a material was used for: apps above add how they count it; downloads are counted here."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.bulletins.models import Download, Material

Count = tuple[str | Promise, int]

COUNTERS: list[Callable[[Material], Iterable[Count]]] = []


def of(material: Material) -> list[Count]:
    taken: Count = (_("times taken from the public page"), Download.objects.of(material).total())
    return [taken, *(count for counter in COUNTERS for count in counter(material))]
