"""What is done with rows ticked in a list: export, print, merge, take out."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.accounts.access import StaffRequest, View, allow
from luytre.ui.forms import ReasonForm
from luytre.ui.registers import Register

MOST = 200
WAYS = {"export": "export", "print": "print", "merge": "merge-confirm", "remove": "removals-confirm"}


def ticked(request: StaffRequest) -> list[int]:
    asked = request.POST if request.method == "POST" else request.GET
    return [int(key) for key in asked.getlist("pk") if key.isdigit()][:MOST]


def chosen_page(register: Register) -> View:
    """The buttons below a list lead here, and on to the page of what was pressed."""

    @require_GET
    @allow(register.read)
    def show(request: StaffRequest) -> HttpResponse:
        keys = ticked(request)
        way = WAYS.get(request.GET.get("act", ""))
        if register.names_people and way in ("export", "print"):  # names leave only by an act of two people
            way = None
        if not keys or way is None:
            messages.info(request, _("Tick the rows first, then choose what to do with them."))
            return redirect(register.url())
        kept = [("pk", str(key)) for key in keys]
        if way in ("export", "print"):
            kept += [("columns", name) for name in request.GET.getlist("columns")]
        return redirect(f"{register.url(way)}?{urlencode(kept)}")

    return show


def removals_page(register: Register) -> View:
    """Several records are taken out with one reason."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @allow(register.write)
    def write(request: StaffRequest) -> HttpResponse:
        rows = register.rows().within(request.scope).kept().filter(pk__in=ticked(request))
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            count = rows.remove_each(by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(count)d records were taken out. Each can be put back.") % {"count": count})
            return redirect(register.url())
        context: dict[str, Any] = {
            "register": register,
            "records": list(rows),
            "form": form,
            "crumbs": [(register.label.capitalize(), register.url()), (_("Take out several"), "")],
        }
        return render(request, "ui/kit/removals.html", context, status=422 if form.errors else 200)

    return write
