"""Every view says who may come in: `@public`, `@signed_in` or `@allow(permission)`; else the server does not start."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]
MARK = "luytre_access"
PUBLIC, SIGNED_IN = "public", "signed in"

THIRD_PARTY = {
    "django.views.i18n.set_language": PUBLIC,
    "django.views.static.serve": PUBLIC,
    "django.contrib.staticfiles.views.serve": PUBLIC,
    "ninja.openapi.views": PUBLIC,
    "ninja.operation": PUBLIC,  # each endpoint asks for its session or token itself
}  # views that are not ours, by the beginning of their full name

ALWAYS_OPEN = {"account_set_password", "account_change_password", "account_logout", "account_reauthenticate"}


class StaffRequest(HttpRequest):
    """A request that `allow` let through: somebody is signed in, `scope` is where they may do this."""

    user: User
    scope: Scope


def marked(view: View, how: str, *, needs_login: bool) -> View:
    setattr(view, MARK, how)
    view.login_required = needs_login  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anyone may come in, signed in or not."""
    return marked(view, PUBLIC, needs_login=False)


def signed_in(view: View) -> View:
    """Anyone with an account: pages about oneself."""
    return marked(view, SIGNED_IN, needs_login=True)


def allow(*permissions: Permission) -> Callable[[View], View]:
    """Only who holds one of the permissions somewhere; `request.scope` says where."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.scope = request.user.scope(*permissions, on=timezone.localdate())
            if not request.scope:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return marked(guarded, ", ".join(permissions), needs_login=True)

    return decorate


def access_of(view: View) -> str:
    """How a view is marked; empty when nobody has said who may come in."""
    plain = view.func if isinstance(view, partial) else view
    name = f"{getattr(plain, '__module__', '')}.{getattr(plain, '__qualname__', '')}"
    elsewhere = (how for beginning, how in THIRD_PARTY.items() if name.startswith(beginning))
    return str(getattr(view, MARK, "")) or next(elsewhere, "")


class AccessMiddleware(LoginRequiredMiddleware):
    """Strangers are sent to sign in unless the view is public; what must be done first is asked first."""

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if access_of(view_func) == PUBLIC:
            return None
        if isinstance(request.user, User):
            return self.asked_first(request, request.user)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def asked_first(self, request: HttpRequest, user: User) -> HttpResponseBase | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in ALWAYS_OPEN:
            return None
        if user.must_change_password:
            return redirect("account_change_password" if user.has_usable_password() else "account_set_password")
        if not name.startswith("mfa_") and lacks_second_step(user):
            return redirect("mfa_index")
        return None


def lacks_second_step(user: User) -> bool:
    """For the roles of which this installation requires it (LUYTRE_SECOND_STEP_REQUIRED_OF)."""
    required = settings.SECOND_STEP_REQUIRED_OF
    return bool(required) and not user.roles_on(timezone.localdate()).isdisjoint(required) and not has_second_step(user)


def has_second_step(user: User) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())
