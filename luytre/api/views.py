"""The API's own pages: what it offers, and one's tokens."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, public, signed_in
from luytre.accounts.permissions import Permission
from luytre.api.endpoints import api
from luytre.api.forms import TokenForm
from luytre.api.models import AlreadyRevoked, Token


@require_GET
@public
def index(request: HttpRequest) -> HttpResponse:
    """Every address with what it gives, made from the OpenAPI description."""
    described = api.get_openapi_schema()
    lines = [
        {
            "address": f"{method.upper()} {path}",
            "words": operation.get("description") or operation.get("summary", ""),
            "parameters": [(one["name"], words_of(one)) for one in operation.get("parameters", [])],
        }
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]
    return render(request, "api/index.html", {"lines": lines})


def words_of(parameter: dict[str, Any]) -> str:
    return str(parameter.get("description") or parameter.get("schema", {}).get("description") or "–")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tokens(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    whose: dict[str, Any] = {"user": request.user, "scope": request.user.scope(*Permission, on=today)}
    form = TokenForm(request.POST or None, **whose)
    secret = ""
    if request.method == "POST" and form.is_valid():
        token = form.save(commit=False)
        secret = token.issue(by=request.user, at=timezone.now(), lifetime=form.lifetime)
        form = TokenForm(**whose)
    tokens = Token.objects.filter(user=request.user).select_related("area")
    context = {"form": form, "secret": secret, "tokens": tokens}
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, user=request.user, pk=pk)
    with suppress(AlreadyRevoked):  # a second tap asks for what is done already
        token.revoke(by=request.user, at=timezone.now())
    return redirect("api:tokens")
