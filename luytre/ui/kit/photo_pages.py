"""Photos of a record: shown to who may read it, added and taken out by who may write it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, View, allow
from luytre.ui import pictures
from luytre.ui.forms import ReasonForm
from luytre.ui.kit.arrivals import once
from luytre.ui.models import Attachment, TooMany, photos_of
from luytre.ui.records import AlreadyRemoved, Record
from luytre.ui.registers import Register

READ_BY_BROWSERS = "image/jpeg,image/png,image/webp"


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Photo of the place"),
        help_text=gettext_lazy(
            "of places and things, never of people or lists of names; where it was taken is wiped out"
        ),
        widget=forms.FileInput(attrs={"accept": READ_BY_BROWSERS}),
    )


def photo_or_404(register: Register, request: StaffRequest, pk: int, uid: UUID) -> tuple[Any, Attachment]:
    record = get_object_or_404(register.rows().within(request.scope), pk=pk)
    return record, get_object_or_404(photos_of(record), uid=uid)


def photo_page(register: Register) -> View:
    @require_GET
    @allow(register.read)
    def show(request: StaffRequest, pk: int, uid: UUID) -> HttpResponseBase:
        _record, photo = photo_or_404(register, request, pk, uid)
        try:
            return FileResponse(photo.path.open("rb"), content_type="image/jpeg")
        except FileNotFoundError:
            raise Http404 from None

    return show


def add_photo_page(register: Register) -> View:
    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(register.rows().within(request.scope).kept(), pk=pk)
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid() and attached(request, record, form):
            messages.success(request, _("The photo stands with the record."))
            return redirect(register.url("record", pk=pk))
        context = {"register": register, "record": record, "form": form}
        return render(request, "ui/kit/photo.html", context, status=422)

    return write


def attached(request: StaffRequest, record: Record, form: PhotoForm) -> bool:
    try:
        with once(record.uid):
            Attachment.attach(record, form.cleaned_data["photo"].read(), by=request.user, at=timezone.now())
    except pictures.TooBig:
        form.add_error("photo", _("The photo is too big."))
    except pictures.NotAPicture:
        form.add_error("photo", _("This file is no photo that can be read (JPEG, PNG or WEBP)."))
    except TooMany:
        form.add_error("photo", _("The record has as many photos as it can have."))
    return form.is_valid()


def remove_photo_page(register: Register) -> View:
    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, pk: int, uid: UUID) -> HttpResponse:
        record, photo = photo_or_404(register, request, pk, uid)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            context = {"register": register, "record": record, "photo": photo, "form": form}
            return render(request, "ui/kit/photo_removal.html", context, status=422)
        try:
            photo.remove(record, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except AlreadyRemoved:
            messages.info(request, _("It was taken out before."))
        else:
            messages.success(request, _("The photo was taken out; its file is erased after thirty days."))
        return redirect(register.url("record", pk=pk))

    return write
