"""What a material can be about: whoever keeps the topics of outreach adds its list here."""

from collections.abc import Callable, Iterable

from django.utils.translation import get_language

Named = tuple[str, str, str]  # code, Vietnamese name, English name

SOURCES: list[Callable[[], Iterable[Named]]] = []


def choices() -> list[tuple[str, str]]:
    place = 2 if get_language() == "en" else 1
    return [(one[0], one[place]) for source in SOURCES for one in source()]


def name_of(code: str) -> str:
    return dict(choices()).get(code, code)
