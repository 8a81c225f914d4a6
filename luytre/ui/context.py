"""What every page is given: navigation and what this person may do."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS
from luytre.areas.models import valid_on
from luytre.ui import navigation, registers
from luytre.ui.kit import offline_worker


class May:
    """`{% if may.register_write %}`: read from the same assignments as `allow`."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def held(self) -> frozenset[str]:
        if not isinstance(self.user, User):
            return frozenset()
        roles = self.user.assignments.filter(valid_on(timezone.localdate())).values_list("role", flat=True)
        return frozenset(p.value for role in set(roles) for p in GRANTS[role].permissions)

    def __getitem__(self, name: str) -> bool:
        return Permission(name).value in self.held

    def any_of(self, permissions: tuple[Permission, ...]) -> bool:
        return any(one.value in self.held for one in permissions)


def entries(request: HttpRequest, may: May) -> list[dict[str, Any]]:
    shown = [(entry, entry.url()) for entry in navigation.ENTRIES if may.any_of(entry.permissions)]
    fitting = [url for _, url in shown if request.path.startswith(url)]
    current = max(fitting, key=len, default="")
    return [
        {
            "label": capfirst(str(entry.label)),
            "url": url,
            "icon": entry.icon,
            "group": entry.group,
            "current": url == current,
        }
        for entry, url in shown
    ]


def offline_version(may: May) -> str:
    """Of the field pages, for who writes in a register that works without network."""
    writes = tuple({register.write for register in registers.REGISTERS.values() if register.offline})
    return offline_worker.version() if may.any_of(writes) else ""


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    may = May(user)
    is_staff = isinstance(user, User)
    return {
        "may": may,
        "navigation": entries(request, may) if is_staff else [],
        "offline_version": offline_version(may) if is_staff else "",
        "is_for_keeping": request.headers.get("X-Luytre-Keep") == "1",  # the phone keeps this page, nobody looks at it
        "theme": request.COOKIES.get("luytre_theme", ""),
        "development": settings.DEBUG,
        "today": timezone.localdate(),
    }
