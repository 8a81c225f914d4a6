"""Residents ask to join; the commune answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow, public
from luytre.accounts.permissions import Permission
from luytre.registry.catalogue import consent
from luytre.registry.forms import JoinAnswerForm, JoinForm
from luytre.registry.models import JoinRequest
from luytre.registry.models.joining import AlreadyAnswered


@require_http_methods(["GET", "HEAD", "POST"])
@public
def join(request: HttpRequest) -> HttpResponse:
    """Anyone may ask: their own name and number, and their yes to a text they can read."""
    today, text = timezone.localdate(), consent.current()
    form = JoinForm(request.POST or None, today=today)
    if form.is_valid():
        asked = form.save(commit=False)
        asked.file(on=today, text_version=text.version)
        return render(request, "registry/joined.html", {"area": asked.area})
    context = {"form": form, "text": text}
    return render(request, "registry/join.html", context, status=422 if form.errors else 200)


@allow(Permission.MEMBER_WRITE)
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(JoinRequest.objects.within(request.scope).open(), pk=pk)
    asked.was_read(by=request.user)
    form = JoinAnswerForm(request.POST or None, scope=request.scope)
    if form.is_valid() and answered(request, asked, form):
        return redirect("registry:decisions")
    context = {"form": form, "asked": asked, "title": gettext_lazy("Answer a request to join")}
    return render(request, "registry/join_answer.html", context, status=422 if form.errors else 200)


def answered(request: StaffRequest, asked: JoinRequest, form: JoinAnswerForm) -> bool:
    said, today = form.cleaned_data, request.scope.on
    try:
        if said["reason"]:
            asked.decline(by=request.user, on=today, reason=said["reason"], rule=said["rule"])
            messages.success(request, _("Answered. Tell them why; their name and number are deleted in ninety days."))
        else:
            member = asked.accept(said["team"] or said["group"], by=request.user, on=today)
            messages.success(request, _("%(name)s is a member now.") % {"name": member.full_name})
    except AlreadyAnswered:
        form.add_error(None, _("This was answered before."))
    return not form.errors
