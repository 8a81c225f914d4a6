"""The API's own pages: what it offers, and one's tokens."""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, public, signed_in
from luytre.api.endpoints import api
from luytre.api.models import AlreadyRevoked, Token


class TokenForm(forms.ModelForm[Token]):
    class Meta:
        model = Token
        fields = ["name"]
        help_texts = {"name": _("for example: the province's data warehouse")}


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
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        secret = form.save(commit=False).issue(by=request.user, at=timezone.now())
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": Token.objects.filter(user=request.user)}
    return render(request, "api/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, user=request.user, pk=pk)
    with suppress(AlreadyRevoked):  # a second tap asks for what is done already
        token.revoke(by=request.user, at=timezone.now())
    return redirect("api:tokens")
