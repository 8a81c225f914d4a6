"""The start-up check: a view that does not say who may come in stops the server."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from luytre.accounts.access import access_of


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its view."""
    for one in resolver.url_patterns:
        place = f"{prefix}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from patterns(one, place)
        else:
            yield place, one


def unmarked(resolver: URLResolver) -> list[CheckMessage]:
    return [
        Error(
            f"The view at '{place}' does not say who may come in.",
            hint="Mark it with @public, @signed_in or @allow(Permission.…).",
            obj=pattern.callback,
            id="access.E001",
        )
        for place, pattern in patterns(resolver)
        if not access_of(pattern.callback)
    ]


@register("access")
def every_view_says_who_may_come_in(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    return unmarked(get_resolver())
