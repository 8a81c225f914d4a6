"""A member's account: the keeper asks, the member says yes or no, either undoes it; and the member's own record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre import audit
from luytre.accounts.access import StaffRequest, allow, signed_in
from luytre.accounts.permissions import Permission
from luytre.registry import own_records
from luytre.registry.forms import AccountLinkForm
from luytre.registry.models import AccountLink
from luytre.registry.models.account_links import AlreadyLinked, LinkAnswered, NotLinked, OwnAccount, part
from luytre.registry.views.asking import ask
from luytre.registry.views.members import BACK, member_or_404
from luytre.ui.forms import ReasonForm

MINE = "registry:my-record"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.MEMBER_WRITE)
def link(request: StaffRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = AccountLinkForm(request.POST or None)
    if form.is_valid():
        try:
            AccountLink.ask(member, form.cleaned_data["account"], by=request.user, at=timezone.now())
        except OwnAccount:
            form.add_error("account", _("This is your own account. Another officer has to ask for it."))
        except AlreadyLinked:
            form.add_error(None, _("An account is linked or asked already. Undo that first."))
        else:
            messages.success(request, _("Asked. They see the question when they sign in; until then nothing is shown."))
            return redirect(BACK, pk=pk)
    notes = [_("Only they can say that it is them. Then they see their own duty, training and record, nothing else.")]
    return ask(request, form, title=gettext_lazy("Link their account"), record=member, back=BACK, notes=notes)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.MEMBER_WRITE)
def unlink(request: StaffRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            part(member, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except NotLinked:
            form.add_error(None, _("No account is linked or asked."))
        else:
            messages.success(request, _("Undone. The account no longer shows this record."))
            return redirect(BACK, pk=pk)
    return ask(request, form, title=gettext_lazy("Undo the link to their account"), record=member, back=BACK)


@require_GET
@signed_in
def mine(request: StaffRequest) -> HttpResponse:
    """One's own record in each group and team, and the question whether one is a member."""
    today = timezone.localdate()
    records = own_records.of(request.user, on=today)
    for one in records:
        audit.record(one.member, "viewed", by=request.user, purpose="own data", area_path=one.member.area.path)
    context = {"records": records, "asked": own_records.asked_of(request.user), "today": today}
    return render(request, "registry/my_record.html", context)


@require_POST
@signed_in
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(own_records.links_to(request.user), pk=pk)
    is_theirs = request.POST.get("said") == "yes"
    try:
        asked.answer_with(is_theirs, by=request.user, at=timezone.now())
    except LinkAnswered:
        messages.info(request, _("This was answered or taken back before."))
    else:
        said = (
            _("Thank you. Your duty and training stand here from now on.") if is_theirs else _("Noted: it is not you.")
        )
        messages.success(request, said)
    return redirect(MINE)


@require_POST
@signed_in
def part_own(request: StaffRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(own_records.memberships_of(request.user), pk=pk)
    part(member, by=request.user, at=timezone.now())
    messages.success(request, _("Undone. Your account no longer shows this record; you stay a member."))
    return redirect(MINE)
