"""Asking the units below for a special report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting.return_forms import SpecialForm
from luytre.reporting.returns import spans, special
from luytre.reporting.returns.special import CannotAsk, NothingToType


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RETURN_APPROVE)
def new(request: StaffRequest) -> HttpResponse:
    form = SpecialForm(request.POST or None, scope=request.scope)
    if not form.fields["area"].queryset:  # type: ignore[attr-defined]
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            asked = special.make(form.wish(), by=request.user)
        except CannotAsk as problem:
            form.add_error("codes", problem.words)
        except NothingToType:
            form.add_error("codes", _("All of this is known already: open it under Figures, nobody needs to type it."))
        else:
            messages.success(request, _("Asked for. The units below find it among their returns."))
            query = (
                f"form={asked.code}&period={spans.token(asked, spans.own(asked))}&area={form.cleaned_data['area'].code}"
            )
            return redirect(f"{reverse('reporting:return-overview')}?{query}")
    return render(request, "reporting/return_special.html", {"form": form}, status=422 if form.errors else 200)
