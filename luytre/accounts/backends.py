"""Signing in by user name or by phone number, without e-mail; and once by a printed code."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from luytre.accounts.models import OneTimeCode, User
from luytre.accounts.models.people import tidy_name


class SignInBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        user = User.objects.called(username or "")
        if user is None:
            User().set_password(password)  # the same work as for a real account, so that time tells nothing
            return None
        is_right = user.check_password(password or "")
        if not user.is_active:
            return None
        return user if is_right or used_code(user, password or "") else None

    def get_user(self, user_id: int) -> User | None:
        """Asked with every request: a suspension ends what is open at once."""
        user = User.objects.filter(pk=user_id).first()
        return user if user and user.is_active else None


def used_code(user: User, typed: str) -> bool:
    return OneTimeCode.objects.use(user, typed, at=timezone.now())


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What failures are counted under: one name a person, whichever of their names is typed, however."""
    typed = str((credentials or {}).get("username") or request.POST.get("login") or "")
    user = User.objects.called(typed)
    return user.username if user else tidy_name(typed)[:40]


def client_address(request: HttpRequest) -> str:
    """Who asks: behind proxies of ours, what the outermost of them wrote down; nobody else is believed."""
    count = settings.PROXY_COUNT
    passed_on = [one.strip() for one in request.headers.get("x-forwarded-for", "").split(",") if one.strip()]
    if count and len(passed_on) >= count:
        return passed_on[-count]
    return str(request.META.get("REMOTE_ADDR", ""))
