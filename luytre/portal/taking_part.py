"""Public pages by which people take part: signing a pledge without a name, and help that is offered."""

import secrets
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luytre.accounts.access import public
from luytre.activities import public as activities
from luytre.activities.public import PublicPledge

REMEMBERED = 60 * 60 * 24 * 120


class SignForm(forms.Form):
    """Where one lives and as what one signs; nothing about who one is."""

    area = forms.ChoiceField(label=gettext_lazy("Where do you live?"))
    signer = forms.ChoiceField(label=gettext_lazy("You sign as"), widget=forms.RadioSelect)
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pledge: PublicPledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("area", pledge.areas), ("signer", pledge.signers)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices if len(choices) == 1 or name == "signer" else [("", ""), *choices]
        if len(pledge.signers) == 1:
            self.initial["signer"] = pledge.signers[0][0]


@require_safe
@public
def pledges(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    found = activities.open_pledges(query, on=timezone.localdate())
    return render(request, "portal/pledges.html", {"query": query, "pledges": found})


@require_http_methods(["GET", "HEAD", "POST"])
@public
def pledge(request: HttpRequest, code: str) -> HttpResponse:
    """A tap is counted; the phone remembers that it has signed, in a cookie of this one page."""
    found = activities.pledge(code, on=timezone.localdate())
    if found is None:
        raise Http404
    has_signed = cookie_of(code) in request.COOKIES and "again" not in request.GET
    form = SignForm(request.POST or None, pledge=found, initial={"token": secrets.token_urlsafe(18)})
    context = {"pledge": found, "form": form, "has_signed": has_signed}
    if not form.is_valid():
        return render(request, "portal/pledge.html", context, status=422 if form.errors else 200)
    outcome = activities.sign(code, on=timezone.localdate(), **form.cleaned_data)
    if outcome not in (activities.COUNTED, activities.AGAIN):
        form.add_error(None, why_not(outcome))
        return render(request, "portal/pledge.html", context, status=422)
    answer = render(request, "portal/pledge_signed.html", context)
    answer.set_cookie(
        cookie_of(code), "1", max_age=REMEMBERED, path=request.path, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return answer


def cookie_of(code: str) -> str:
    return f"luytre_pledge_{code}"


def why_not(outcome: str) -> str:
    if outcome == activities.FULL:
        return _("As many have signed here already as the residential area has. Thank you; nothing more is needed.")
    return _("This campaign does not take this signature. Look again at where you live and as what you sign.")


@require_safe
@public
def offers(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    found = activities.offers(query, on=timezone.localdate())
    return render(request, "portal/offers.html", {"query": query, "offers": found})
