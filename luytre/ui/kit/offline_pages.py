"""Work without network: where kept forms arrive, what the phone may ask first, and the page of what waits."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, View, allow, public, signed_in
from luytre.accounts.models import User
from luytre.ui import pictures
from luytre.ui.kit import offline_worker
from luytre.ui.kit.arrivals import once
from luytre.ui.models import Attachment, TooMany
from luytre.ui.registers import REGISTERS, Register


def arrival_page(register: Register) -> View:
    """The register's own form and verb, as its page has them; the answer is for the outbox on the phone."""

    @require_POST
    @allow(register.write)
    def write(request: StaffRequest) -> HttpResponse:
        if is_of_another(request):
            return said(401, message=_("It belongs to another account."))
        try:
            uid = UUID(request.POST.get("uid", ""))
        except ValueError:
            return said(422, message=_("This form has no number of its own."))
        with once(uid):
            twin = register.model._default_manager.filter(uid=uid).first()
            if twin:
                return again(request, register, twin)
            form = register.form_class()(request.POST, instance=register.model(uid=uid), scope=request.scope)
            if set(answered(request)) - set(form.fields):
                return outgrown()
            if not form.is_valid():
                return unfit(form)
            record = form.add(by=request.user)
        if request.headers.get("X-Luytre-Now"):  # somebody is looking: the next page says so
            messages.success(request, _("Recorded. The figures have changed with it."))
        return said(201, url=register.url("record", pk=record.pk))

    return write


def is_of_another(request: StaffRequest) -> bool:
    """Somebody else may have signed in on the phone since its outbox asked who is here."""
    return request.headers.get("X-Luytre-Person", str(request.user.pk)) != str(request.user.pk)


def answered(request: StaffRequest) -> Iterable[str]:
    """The questions to which something was written."""
    ours = {"uid", "edited", "csrfmiddlewaretoken"}
    return [name for name, values in request.POST.lists() if name not in ours and any(values)]


def outgrown() -> JsonResponse:
    """Written in an older form, with answers that this one would drop without a word: a person must look."""
    words = _("The form has changed since this was written. Open it: it says which answers have no place any more.")
    errors = [{"field": "", "label": "", "messages": [words]}]
    return said(422, message=words, errors=errors)


def again(request: StaffRequest, register: Register, twin: Any) -> JsonResponse:
    """The number came before: the same once more is well; what was changed since must be seen by a person."""
    mine = register.rows().within(request.scope).filter(pk=twin.pk).first()
    if mine is None:
        return said(409, message=_("This number is taken by a record outside your area."))
    url = register.url("record", pk=mine.pk)
    form = register.form_class()(request.POST, instance=mine, scope=request.scope)
    more = set(answered(request)) - set(form.fields)  # what only a new record is asked, such as a patrol's hazard
    if request.POST.get("edited") and (form.has_changed() or more):
        words = _("It had arrived before you changed it here. Open the record and correct it there.")
        return said(409, message=words, url=url, correction=register.url("edit", pk=mine.pk))
    return said(200, url=url)


def unfit(form: Any) -> JsonResponse:
    errors = [
        {"field": "" if name == "__all__" else name, "label": label(form, name), "messages": list(map(str, problems))}
        for name, problems in form.errors.items()
    ]
    return said(422, message=_("Something in it must be mended."), errors=errors)


def label(form: Any, name: str) -> str:
    return str(form[name].label) if name in form.fields else ""


def said(status: int, **answer: Any) -> JsonResponse:
    return JsonResponse(answer, status=status)


def photo_arrival_page(register: Register) -> View:
    """Photos follow their record one by one, so that a weak network loses one at most."""

    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, uid: UUID) -> HttpResponse:
        if is_of_another(request):
            return said(401, message=_("It belongs to another account."))
        file = request.FILES.get("photo")
        with once(uid):
            record = register.rows().within(request.scope).filter(uid=uid).first()
            if record is None or file is None:
                return said(404, message=_("The record of this photo is not there."))
            try:
                Attachment.attach(record, file.read(), by=request.user, at=timezone.now())
            except pictures.TooBig:
                return said(413, message=_("The photo is too big."))
            except pictures.NotAPicture:
                return said(422, message=_("This file is no photo that can be read (JPEG, PNG or WEBP)."))
            except TooMany:
                return said(422, message=_("The record has as many photos as it can have."))
        return said(201, url=register.url("record", pk=record.pk))

    return write


def offered(user: User) -> Iterable[Register]:
    """The registers somebody may write in without network."""
    today = timezone.localdate()
    return [one for one in REGISTERS.values() if one.offline and user.may(one.write, on=today)]


@never_cache
@require_GET
@public
def state(request: HttpRequest) -> HttpResponse:
    """Asked before sending: is this really our server, who is signed in, which token goes with the next call."""
    if not isinstance(request.user, User):
        return JsonResponse({"luytre": True, "person": None})
    pages = [reverse("offline"), *(one.url("add") for one in offered(request.user))]
    answer = {"luytre": True, "person": str(request.user.pk), "csrf": get_token(request), "pages": pages}
    return JsonResponse({**answer, "version": offline_worker.version()})


@require_GET
@signed_in
def waiting(request: StaffRequest) -> HttpResponse:
    """What was written on this device and not yet sent; the list itself is known to the device only."""
    forms = [{"label": one.add_label, "url": one.url("add"), "icon": one.icon} for one in offered(request.user)]
    names = {one.name: capfirst(one.one) for one in REGISTERS.values() if one.offline}
    return render(request, "ui/kit/offline.html", {"forms": forms, "names": names})
