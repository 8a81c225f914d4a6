"""The signed lists as browsers fetch them: the newest of the root, of the desk's province and of the desk."""

import uuid
from typing import Any

from django.conf import settings

from luytre.areas.models import Area
from luytre.tips import vouching
from luytre.tips.models import SignedList, SignedListKind, Tip


def root() -> str:
    """The key that everything hangs on: this house's own, else the one made with the sample; empty while the line is
    not opened."""
    return str(settings.TIPS_ROOT) or sample_root()


def sample_root() -> str:
    """Only where everything else is made up as well."""
    made = newest(SignedListKind.PROVINCES, "") if Area.objects.filter(is_sample=True).exists() else None
    return made.key if made else ""


def newest(kind: str, of: str) -> SignedList | None:
    return SignedList.objects.filter(kind=kind, of=of).order_by("-version").first()


def certifying_list(desk: str) -> SignedList | None:
    """The newest list of the province that names the desk."""
    lists = SignedList.objects.filter(kind=SignedListKind.DESKS).order_by("of", "-version").distinct("of")
    return next((one for one in lists if desk in one.text), None)


def of(desk: uuid.UUID) -> dict[str, Any] | None:
    """None while something is missing: then the desk takes no tips."""
    own = newest(SignedListKind.DESK, str(desk))
    provinces = newest(SignedListKind.PROVINCES, "")
    certifying = certifying_list(str(desk))
    if not (own and provinces and certifying):
        return None
    return {"provinces": provinces.statement, "desks": certifying.statement, "desk": own.statement}


def desks_of(tip: Tip) -> set[uuid.UUID]:
    """Every desk that had the tip: earlier messages are theirs."""
    return {tip.desk_id, *tip.steps.values_list("desk", flat=True)}


def once_certified(desk: str, key: str) -> SignedList | None:
    """The newest list of a province that named this key of the desk."""
    lists = SignedList.objects.filter(kind=SignedListKind.DESKS, text__contains=desk).order_by("-version")
    return next((one for one in lists if key in one.text), None)


def of_all(tip: Tip) -> dict[str, dict[str, Any]]:
    chains = {str(desk): of(desk) for desk in desks_of(tip)}
    return {desk: chain for desk, chain in chains.items() if chain}


def speaking(tip: Tip) -> dict[str, Any]:
    """By what a browser decides who may have written in the desks' name."""
    return {"chains": of_all(tip), "ways": vouching.ways(tip, desks_of(tip))}
