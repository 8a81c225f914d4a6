"""A material's versions: adding one, publishing it by a second person, withdrawing it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.bulletins import files, public, usage
from luytre.bulletins.forms import CheckedForm, VersionForm, WithdrawalForm
from luytre.bulletins.models import (
    AlreadyPublished,
    AlreadyWithdrawn,
    Material,
    MaterialVersion,
    NotPublished,
    OwnMaterial,
)
from luytre.bulletins.models.materials import newest_versions
from luytre.ui import qr


@require_GET
@allow(Permission.MATERIAL_READ)
def versions(request: StaffRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(Material.objects.within(request.scope).select_related("area"), pk=pk)
    return page(request, material, CheckedForm())


def page(request: StaffRequest, material: Material, form: CheckedForm) -> HttpResponse:
    address = reverse("portal:material", args=[material.pk])
    is_public = Material.objects.published(request.scope.on).filter(pk=material.pk).exists()
    context: dict[str, Any] = {
        "material": material,
        "versions": list(newest_versions(material.versions.all())),
        "counts": usage.of(material),
        "can_write": request.user.scope(Permission.MATERIAL_WRITE, on=request.scope.on).covers(material.area.path),
        "can_publish": request.user.scope(Permission.MATERIAL_PUBLISH, on=request.scope.on).covers(material.area.path),
        "address": address if is_public else "",
        "code": qr.svg(request.build_absolute_uri(address), _("Code to the public page")) if is_public else "",
        "form": form,
        "withdrawal_form": WithdrawalForm(prefix="withdrawal"),
        "expired": bool(material.expires_on and material.expires_on < request.scope.on),
        "crumbs": [
            (str(Material._meta.verbose_name_plural).capitalize(), reverse("bulletins:materials-list")),
            (material.title, reverse("bulletins:materials-record", args=[material.pk])),
            (_("Versions"), ""),
        ],
    }
    return render(request, "bulletins/versions.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.MATERIAL_WRITE)
def add_version(request: StaffRequest, pk: int) -> HttpResponse:
    material = get_object_or_404(Material.objects.within(request.scope), pk=pk)
    form = VersionForm(request.POST or None, request.FILES or None, material=material)
    if request.method == "POST" and form.is_valid():
        material.add_version(by=request.user, at=timezone.now(), **form.said())
        messages.success(request, _("Added. Somebody else has to check it before it is public."))
        return redirect("bulletins:material-versions", pk=pk)
    context = {"material": material, "form": form}
    return render(request, "bulletins/version_form.html", context, status=422 if form.errors else 200)


@require_POST
@allow(Permission.MATERIAL_PUBLISH)
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(MaterialVersion.objects.within(request.scope).select_related("material__area"), pk=pk)
    form = CheckedForm(request.POST)
    if not form.is_valid():
        return page(request, version.material, form)
    try:
        version.publish(by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    except OwnMaterial:
        messages.error(request, _("Nobody publishes what they wrote themselves. Ask a colleague."))
    except AlreadyPublished:
        messages.info(request, _("It was published before."))
    else:
        messages.success(request, _("Published. Everybody can find it now."))
    return redirect("bulletins:material-versions", pk=version.material_id)


@require_POST
@allow(Permission.MATERIAL_PUBLISH)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(MaterialVersion.objects.within(request.scope).select_related("material__area"), pk=pk)
    form = WithdrawalForm(request.POST, prefix="withdrawal")
    if not form.is_valid():
        messages.error(request, _("Not withdrawn: write why, in one sentence."))
        return redirect("bulletins:material-versions", pk=version.material_id)
    try:
        version.withdraw(by=request.user, on=request.scope.on, reason=form.cleaned_data["reason"])
    except NotPublished:
        messages.error(request, _("It was never published."))
    except AlreadyWithdrawn:
        messages.info(request, _("It was withdrawn before."))
    else:
        messages.success(request, _("Withdrawn. The public page says so, with your reason."))
    return redirect("bulletins:material-versions", pk=version.material_id)


@require_GET
@allow(Permission.MATERIAL_READ)
def download(request: StaffRequest, pk: int) -> FileResponse:
    """The file as it was put in, for who writes or checks it; not counted as reach."""
    version = get_object_or_404(MaterialVersion.objects.within(request.scope), pk=pk)
    if not version.stored:
        raise Http404
    return public.answer(files.path_of(version.stored), version.file_name, version.file_type)
