"""Who calls: a person's program with a token, or anybody without one; and whether it is their turn."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from luytre.accounts.backends import client_address
from luytre.accounts.callers import Caller
from luytre.api import limits
from luytre.api.models import Token
from luytre.common import reading

ANYBODY = "anybody"  # a call without a token: it sees what was released
SAFE = ("GET", "HEAD", "OPTIONS")


class TooMany(Exception):
    """The caller has used up the calls of this minute."""


class TokenOrAnybody(HttpBearer):
    """A wrong or spent token is refused; none at all reads as the public."""

    def __call__(self, request: HttpRequest) -> Any:
        has_token = bool(request.headers.get("Authorization"))
        found = super().__call__(request) if has_token else ANYBODY
        if not isinstance(found, Caller):
            self.counted(request)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        now, writes = timezone.now(), request.method not in SAFE
        found = Token.objects.known_by(token, at=now)
        if found is None or not found.user.is_active:
            return None
        self.counted(request, found)
        found.used(at=now, to_write=writes)
        if found.last_wrote_at:
            reading.stay_after(found.last_wrote_at)
        return found.caller

    def counted(self, request: HttpRequest, token: Token | None = None) -> None:
        """Guessing at tokens counts as calling without one."""
        name = f"token {token.pk}" if token else client_address(request)
        request.allowance = limits.take(name, has_token=token is not None)  # type: ignore[attr-defined]
        if not request.allowance.is_allowed:  # type: ignore[attr-defined]
            raise TooMany
