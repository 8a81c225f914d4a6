"""A program that calls for a person: it may do what the person may, inside what its token was cut to."""

from dataclasses import dataclass
from datetime import date

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Scope


@dataclass(frozen=True)
class Caller:
    """Who calls; no `area` is everywhere the person serves, no `permissions` is all that the person may do."""

    user: User
    area: Area | None = None
    permissions: frozenset[str] = frozenset()

    def scope(self, *permissions: Permission, on: date) -> Scope:
        """Where the program may do any of these things on a day: never more than its person may."""
        asked = [one for one in permissions if not self.permissions or one in self.permissions]
        whole = self.user.scope(*asked, on=on)
        return whole if self.area is None else cut(whole, self.area.path_on(on))


def cut(scope: Scope, path: str) -> Scope:
    """What of the scope lies in one place; a place that stands nowhere leaves nothing."""
    inside = {
        own if own.startswith(path) else path for own in scope.paths if own.startswith(path) or path.startswith(own)
    }
    return Scope(tuple(sorted(inside)) if path else (), scope.on)
