"""allauth, told that nobody signs up by themselves, that there is no e-mail, and that the trail wants to know."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from luytre import audit
from luytre.accounts.backends import client_address
from luytre.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        audit.record(user, "signed_in", by=user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            audit.record(user, "signed_out", by=user)

    def set_password(self, user: Any, password: str) -> None:
        user.choose_password(password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """allauth would mail what changed about the second step; here it goes into the trail."""
        verb = template_prefix.rsplit("/", 1)[-1]
        if verb not in ("password_changed", "password_set"):  # those are recorded as "password_chosen"
            audit.record(user, verb, by=user)
