"""Merge records that are one: choose which stays and whose values, see the past merges, take one back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, View, allow
from luytre.areas.models import Scope
from luytre.ui.kit import traces
from luytre.ui.kit.chosen_pages import ticked
from luytre.ui.models import AlreadyUndone, Merge, TooLateToUndo
from luytre.ui.registers import Register, shown

MOST = 6
PAGE = 20


def merge_page(register: Register) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @allow(register.write)
    def write(request: StaffRequest) -> HttpResponse:
        rows = register.rows().within(request.scope).kept().filter(pk__in=ticked(request)).order_by("pk")
        records = list(rows[: MOST + 1])
        if not 2 <= len(records) <= MOST:
            messages.info(request, _("Tick two to six records of the list that are one and the same."))
            return redirect(register.url())
        if request.method == "POST":
            return merge(request, register, records)
        traces.listed(register, records, by=request.user)
        context = {
            "register": register,
            "records": records,
            "lines": lines_of(register, records, request.scope),
            "crumbs": [(register.label.capitalize(), register.url()), (_("Merge"), "")],
        }
        return render(request, "ui/kit/merge.html", context)

    return write


def merge(request: StaffRequest, register: Register, records: list[Any]) -> HttpResponse:
    by_key = {str(one.pk): one for one in records}
    kept = by_key.get(request.POST.get("kept", ""), records[0])
    names = names_of(register, kept, request.scope)
    asked = {name: by_key.get(request.POST.get(f"from-{name}", "")) for name in names}
    chosen = {name: one for name, one in asked.items() if one is not None}
    others = [one for one in records if one.pk != kept.pk]
    where = kept.where or others[0].where
    done = Merge(area=where, register=register.name)
    done.perform(kept, others, chosen, by=request.user, at=timezone.now())
    messages.success(request, _("Merged. What referred to the others now refers to this one."))
    return redirect(register.url("record", pk=kept.pk))


def names_of(register: Register, kept: Any, scope: Scope) -> list[str]:
    """What may be corrected in a record; numbers that are counted anew by an act of their own stay the kept one's."""
    own = {field.name for field in register.model._meta.get_fields()}
    form = register.form_class()(instance=kept, scope=scope)
    return [name for name in form.fields if name in own and name not in register.sealed]


def lines_of(register: Register, records: list[Any], scope: Scope) -> list[dict[str, Any]]:
    """Each field with every record's value; what all say alike is not asked."""
    found = []
    for name in names_of(register, records[0], scope):
        values = [(one.pk, shown(one, name)) for one in records]
        if any(text for _pk, text in values):
            first = next(pk for pk, text in values if text)
            differs = len({text for _pk, text in values}) > 1
            label = capfirst(register.heading(name))
            found.append({"name": name, "label": label, "values": values, "differs": differs, "usual": first})
    return found


def merges_page(register: Register) -> View:
    @require_GET
    @allow(register.write)
    def show(request: StaffRequest) -> HttpResponse:
        rows = Merge.objects.within(request.scope).filter(register=register.name).select_related("by", "undone_by")
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        named = register.rows().within(request.scope).in_bulk([one.kept_id for one in page])
        now = timezone.now()
        context = {
            "register": register,
            "page": page,
            "lines": [{"one": one, "kept": named.get(one.kept_id), "may_undo": one.may_be_undone(now)} for one in page],
            "crumbs": [(register.label.capitalize(), register.url()), (_("Merged records"), "")],
        }
        return render(request, "ui/kit/merges.html", context)

    return show


def undo_page(register: Register) -> View:
    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, pk: int) -> HttpResponse:
        one = get_object_or_404(Merge.objects.within(request.scope).filter(register=register.name), pk=pk)
        try:
            one.undo(by=request.user, at=timezone.now())
        except AlreadyUndone:
            messages.info(request, _("This merge was taken back before."))
        except TooLateToUndo:
            messages.error(request, _("The days in which a merge can be taken back are over."))
        else:
            messages.success(request, _("Taken back. Each record stands again as before."))
        return redirect(register.url("merges"))

    return write
