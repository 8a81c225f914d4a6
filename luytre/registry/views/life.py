"""Sites and their signs of life: who is quiet, the four questions, and how long is quiet."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms.life import InterviewForm, QuietLimitForm
from luytre.registry.models import Interview, QuietLimit, Site
from luytre.registry.models.life import interview
from luytre.registry.quiet import Asked, asked, limit_of
from luytre.registry.views.site_verbs import Deed, done

PAGE = 25
CLOSED = (Interview.Outcome.CLOSE, Interview.Outcome.MERGE)


@require_GET
@allow(Permission.REGISTER_READ)
def quiet_sites(request: StaffRequest) -> HttpResponse:
    """Sites without evidence for at least so many months; nought shows all with their leaves."""
    question = asked(request.GET, request.scope)
    page = Paginator(question.rows(), PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "form": question.form,
        "page": page,
        "lines": question.lines(page.object_list),
        "may_write": may_write_to_keepers(request, question),
        "limit": limit_of(request.scope),
    }
    return render(request, "registry/quiet_sites.html", context)


def may_write_to_keepers(request: StaffRequest, question: Asked) -> bool:
    """Offices above communes, about sites that are quiet."""
    return bool(question.months) and request.user.may(Permission.KEEPERS_WRITE, on=request.scope.on)


RELAUNCHING = Deed(
    "",
    InterviewForm,
    lambda site, by, said: interview(site, by=by, **said),
    "",
)


@allow(Permission.REGISTER_WRITE)
def ask_four_questions(request: StaffRequest, pk: int) -> HttpResponse:
    """Relaunch, merge, close, or decide later: only the keeper's answer does anything."""
    site = get_object_or_404(Site.objects.within(request.scope), pk=pk)
    first = {"on": request.scope.on, "led_by": site.head_on(request.scope.on)}
    form = InterviewForm(request.POST or None, site=site, scope=request.scope, initial=first)
    if form.is_valid() and done(RELAUNCHING, site, request.user, form):
        messages.success(request, said_after(form.cleaned_data["outcome"]))
        return redirect("registry:sites-record", pk=pk)
    months = site.months_quiet(request.scope.on)
    context = {"form": form, "site": site, "months": months}
    return render(request, "registry/interview.html", context, status=422 if form.errors else 200)


def said_after(outcome: str) -> str:
    if outcome == Interview.Outcome.RELAUNCH:
        return _("Relaunched. The site shows a sign of life from today on.")
    if outcome in CLOSED:
        return _("Recorded. It stays in the register with its reason; its carrier may appeal.")
    return _("The answers are kept. The site stays on your list until something is decided.")


@allow(Permission.TYPE_KEEP)
def set_limit(request: StaffRequest) -> HttpResponse:
    """After how many months without evidence keepers are asked."""
    form = QuietLimitForm(request.POST or None, scope=request.scope, initial={"months": limit_of(request.scope)})
    if request.method == "POST" and form.is_valid():
        form.save(commit=False).add(by=request.user)
        messages.success(request, _("Set. It holds from now on."))
        return redirect("registry:quiet-limit")
    kept = QuietLimit.objects.within(request.scope).select_related("area", "by").order_by("-at")[:PAGE]
    context = {"form": form, "kept": kept}
    return render(request, "registry/quiet_limit.html", context, status=422 if form.errors else 200)
