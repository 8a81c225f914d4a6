"""Who calls: a person's program with a token, or anybody without one."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from luytre.accounts.models import User
from luytre.api.models import Token

ANYBODY = "anybody"  # a call without a token: it sees what was released


class TokenOrAnybody(HttpBearer):
    """A wrong or spent token is refused; none at all reads as the public."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.headers.get("Authorization"):
            return ANYBODY
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        now = timezone.now()
        found = Token.objects.known_by(token, at=now)
        if found is None or not found.user.is_active:
            return None
        found.used(at=now)
        return found.user
