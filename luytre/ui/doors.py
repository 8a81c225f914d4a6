"""What anyone can do on the public front page: a list that apps add to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Door:
    """`is_open` is asked each time the page is shown: nothing is offered that does not work yet."""

    title: Words
    text: Words
    url_name: str
    action: Words
    order: int = 50
    is_open: Callable[[], bool] = lambda: True


DOORS: list[Door] = []


def add(door: Door) -> None:
    DOORS.append(door)
    DOORS.sort(key=lambda one: one.order)


def open_doors() -> list[dict[str, Any]]:
    return [
        {"title": one.title, "text": one.text, "url": reverse(one.url_name), "action": one.action}
        for one in DOORS
        if one.is_open()
    ]
