"""Writing to the keepers of quiet sites, and their answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms.life import KeeperNoticeForm, KeeperReplyForm
from luytre.registry.models import KeeperNotice
from luytre.registry.models.notices import AlreadyReplied, write_to_keepers
from luytre.registry.quiet import asked, is_keeper

PAGE = 25
MOST = 2000  # sites that one letter may be about


@allow(Permission.KEEPERS_WRITE)
def write(request: StaffRequest) -> HttpResponse:
    """One text to every commune that keeps any of the sites that were asked for."""
    question = asked(request.GET, request.scope)
    sites = list(question.rows()[:MOST]) if question.months else []
    form = KeeperNoticeForm(request.POST or None, initial={"text": suggestion(question.months)})
    if request.method == "POST" and sites and form.is_valid():
        sent = write_to_keepers(sites, by=request.user, text=form.cleaned_data["text"])
        words = ngettext("Sent to %(count)d commune.", "Sent to %(count)d communes.", len(sent))
        messages.success(request, words % {"count": len(sent)})
        return redirect("registry:notices")
    context = {"form": form, "question": question, "sites": sites}
    return render(request, "registry/notice_form.html", context, status=422 if form.errors else 200)


def suggestion(months: int) -> str:
    """A text to begin from."""
    return _(
        "Nothing has been recorded at these sites for %(months)d months. Please look at each of them, answer the four"
        " questions, and say what you will do."
    ) % {"months": months}


@allow(Permission.REGISTER_READ, Permission.KEEPERS_WRITE)
def notices(request: StaffRequest) -> HttpResponse:
    """Written by offices above, or by one's own; unanswered first."""
    rows = KeeperNotice.objects.within(request.scope).select_related("area", "by", "reply")
    page = Paginator(rows.order_by("reply__at", "-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/notices.html", {"page": page, "is_keeper": is_keeper(request.scope)})


@allow(Permission.REGISTER_READ, Permission.KEEPERS_WRITE)
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """What was written, about which sites; whoever keeps them answers here."""
    rows = KeeperNotice.objects.within(request.scope).select_related("area", "by", "reply__by")
    found = get_object_or_404(rows, pk=pk)
    may_reply = is_keeper(request.scope) and request.user.may(Permission.REGISTER_WRITE, on=request.scope.on)
    form = KeeperReplyForm(request.POST or None)
    if request.method == "POST" and may_reply and form.is_valid():
        return replied(request, found, form)
    sites = found.sites.within(request.scope).with_signs(request.scope.on).select_related("initiative", "area")
    context = {"notice": found, "sites": sites, "form": form, "may_reply": may_reply and not hasattr(found, "reply")}
    return render(request, "registry/notice.html", context, status=422 if form.errors else 200)


def replied(request: StaffRequest, found: KeeperNotice, form: KeeperReplyForm) -> HttpResponse:
    try:
        found.answer(by=request.user, **form.cleaned_data)
    except AlreadyReplied:
        messages.info(request, _("It was answered before."))
    else:
        messages.success(request, _("Your answer has been sent."))
    return redirect("registry:notice", pk=found.pk)
