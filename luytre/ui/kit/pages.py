"""The pages of every register: list, record, form, history, taking out and putting back."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, View, allow
from luytre.areas.models import Scope
from luytre.ui.forms import ReasonForm
from luytre.ui.kit import photo_pages, traces, trail
from luytre.ui.kit.arrivals import once
from luytre.ui.kit.lists import Listing, listing
from luytre.ui.models import photos_of
from luytre.ui.records import AlreadyRemoved, NotRemoved, Record
from luytre.ui.registers import Action, Register, may_write, shown


def record_or_404(register: Register, scope: Scope, pk: int) -> Any:
    return get_object_or_404(register.rows().within(scope), pk=pk)


def list_page(register: Register) -> View:
    @require_GET
    @allow(register.read)
    def show(request: StaffRequest) -> HttpResponse:
        found = listing(request, register, request.scope)
        traces.listed(register, found.page.object_list, by=request.user)
        context = {
            "register": register,
            "listing": found,
            "can_add": request.user.may(register.write, on=request.scope.on),
            "on_screen": on_screen(found),
        }
        fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
        return render(request, "ui/kit/_rows.html" if fragment else "ui/kit/list.html", context)

    return show


def on_screen(found: Listing) -> str:
    """The address part that makes a workbook or a print show what the screen shows."""
    shown_columns = [("columns", name) for name in found.columns]
    asked = [
        found.query_without_columns,
        urlencode(shown_columns),
        urlencode({"sort": found.sort}) if found.sort else "",
    ]
    return "&".join(part for part in asked if part)


def record_page(register: Register) -> View:
    @require_GET
    @allow(register.read)
    def show(request: StaffRequest, pk: int) -> HttpResponse:
        record = record_or_404(register, request.scope, pk)
        traces.viewed(register, record, by=request.user)
        writable = may_write(request, register, record, request.user.scope(register.write, on=request.scope.on))
        context = {
            "register": register,
            "record": record,
            "facts": facts_of(register, record, on=request.scope.on),
            "can_write": writable,
            "actions": [one for one in register.actions if one.when(record) and open_to(request, one, writable)],
            "history": trail.of(record),
            "reason_form": ReasonForm(),
            "photos": photos_of(record) if register.photos else (),
            "photo_form": photo_pages.PhotoForm() if register.photos else None,
            "crumbs": [(register.label.capitalize(), register.url()), (str(record), "")],
        }
        return render(request, "ui/kit/record.html", context)

    return show


def open_to(request: StaffRequest, action: Action, writable: bool) -> bool:
    return request.user.may(action.needs, on=request.scope.on) if action.needs else writable


def facts_of(register: Register, record: Record, *, on: date) -> list[tuple[str, str]]:
    names = [name for name in register.form_class().base_fields if not name.endswith("_qualifier")]
    names = [name for name in names if name not in register.sealed]
    pairs = [(register.heading(name), shown(record, name)) for name in names]
    pairs += [(str(label), said(record, name, on)) for label, name in register.facts]
    return [(capfirst(heading), text) for heading, text in pairs if text]


def said(record: Record, name: str, on: date) -> str:
    value = getattr(record, name)
    return str(value(on)) if callable(value) else shown(record, name)


def add_page(register: Register) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @allow(register.write)
    def write(request: StaffRequest) -> HttpResponse:
        uid = uid_of(request)
        if request.method != "POST":
            form = register.form_class()(instance=register.model(uid=uid), scope=request.scope)
            return render_form(request, register, form, title=register.add_label)
        with once(uid):
            return recorded(request, register, uid)

    return write


def recorded(request: StaffRequest, register: Register, uid: UUID) -> HttpResponse:
    twin = register.model._default_manager.filter(uid=uid).first()
    if twin:  # sent twice, by a double tap or a weak network: it is recorded once
        return redirect(register.url("record", pk=twin.pk))
    form = register.form_class()(request.POST, instance=register.model(uid=uid), scope=request.scope)
    if not form.is_valid():
        return render_form(request, register, form, title=register.add_label)
    record = form.add(by=request.user)
    messages.success(request, _("Recorded. The figures have changed with it."))
    return redirect(register.url("record", pk=record.pk))


def uid_of(request: StaffRequest) -> UUID:
    """The number the form was given when it was opened; a new one where it has none."""
    try:
        return UUID(request.POST.get("uid", ""))
    except ValueError:
        return uuid4()


def edit_page(register: Register) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @allow(register.write)
    def write(request: StaffRequest, pk: int) -> HttpResponse:
        record = record_or_404(register, request.scope, pk)
        form = register.form_class()(request.POST or None, instance=record, scope=request.scope)
        if request.method == "POST" and form.is_valid():
            form.correct(by=request.user)
            messages.success(request, _("Corrected. The figures follow."))
            return redirect(register.url("record", pk=record.pk))
        title = _("Correct: %(what)s") % {"what": register.one}
        return render_form(request, register, form, title=title, record=record)

    return write


def render_form(request: StaffRequest, register: Register, form: Any, **context: Any) -> HttpResponse:
    record = context.get("record")
    back = register.url("record", pk=record.pk) if record else register.url()
    if record:
        traces.viewed(register, record, by=request.user)
    context |= {
        "register": register,
        "form": form,
        "uid": form.instance.uid,
        "back": back,
        "draft": "" if record else register.name,
        "offline": register.offline and not record,
        "crumbs": [(register.label.capitalize(), register.url()), (str(context["title"]), "")],
    }
    return render(request, "ui/kit/form.html", context, status=422 if form.errors else 200)


def remove_page(register: Register) -> View:
    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, pk: int) -> HttpResponse:
        record = record_or_404(register, request.scope, pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            traces.viewed(register, record, by=request.user)
            return render(
                request, "ui/kit/remove.html", {"register": register, "record": record, "form": form}, status=422
            )
        try:
            record.remove(by=request.user, reason=form.cleaned_data["reason"])
        except AlreadyRemoved:
            messages.info(request, _("It was taken out before."))
        else:
            messages.success(request, _("Taken out. You can put it back on this page."))
        return redirect(register.url("record", pk=pk))

    return write


def restore_page(register: Register) -> View:
    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, pk: int) -> HttpResponse:
        record = record_or_404(register, request.scope, pk)
        try:
            record.restore(by=request.user)
        except NotRemoved:
            messages.info(request, _("It stands in the register."))
        else:
            messages.success(request, _("Put back. The figures follow."))
        return redirect(register.url("record", pk=pk))

    return write
