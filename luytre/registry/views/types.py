"""Types of initiative: to browse, to add, to merge; and the scale on which sites are rated."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms.types import InitiativeForm, ScaleGradeForm, TypeFilterForm, TypeMergingForm
from luytre.registry.models import Initiative, ScaleGrade, Site
from luytre.registry.models.types import AlreadyMerged, CarriedElsewhere, MergesIntoItself, NotOneOfOurs

PAGE = 30


@allow(Permission.REGISTER_READ)
def types(request: StaffRequest) -> HttpResponse:
    """Every type, with how many sites carry it in the reader's territory."""
    form = TypeFilterForm(request.GET)
    form.is_valid()
    rows = Initiative.objects.standing().select_related("area")
    if form.cleaned_data.get("q"):
        rows = rows.matching(form.cleaned_data["q"])
    if form.cleaned_data.get("field"):
        rows = rows.filter(field=form.cleaned_data["field"])
    mine = Site.objects.within(request.scope).running_on(request.scope.on).values("pk")
    counted = rows.annotate(site_count=Count("sites", filter=Q(sites__in=mine))).order_by("sort_key")
    page = Paginator(counted, PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/types.html", {"form": form, "page": page})


@allow(Permission.REGISTER_READ)
def type_page(request: StaffRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.select_related("area", "merging__into"), pk=pk)
    sites = Site.objects.within(request.scope).running_on(request.scope.on).filter(initiative=initiative)
    merged = initiative.merged.select_related("before", "by").order_by("on")
    context = {
        "type": initiative,
        "site_count": sites.count(),
        "pilots": sites.filter(origin=None).exclude(copies=None).select_related("area__parent").distinct()[:PAGE],
        "merged": merged,
        "alike": Initiative.objects.standing().resembling(initiative.name)[:6],
    }
    return render(request, "registry/type.html", context)


@allow(Permission.TYPE_KEEP)
def add_type(request: StaffRequest) -> HttpResponse:
    """A province's own; those that may be the same are offered before it is made."""
    form = InitiativeForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid() and not form.must_look_first():
        made = form.save(commit=False).add(by=request.user)
        messages.success(request, _("The type is in the list now."))
        return redirect("registry:type", pk=made.pk)
    alike = form.alike() if request.method == "POST" else []
    return render(
        request, "registry/type_form.html", {"form": form, "alike": alike}, status=422 if form.errors else 200
    )


@allow(Permission.TYPE_KEEP)
def merge_type(request: StaffRequest, pk: int) -> HttpResponse:
    """Its sites follow, and its name becomes another name of the type that stays."""
    goes = get_object_or_404(Initiative.objects.standing(), pk=pk)
    form = TypeMergingForm(request.POST or None, goes=goes, initial={"on": request.scope.on})
    if form.is_valid():
        said = form.cleaned_data
        into = said.pop("into")
        try:
            goes.merge_into(into, by=request.user, scope=request.scope, **said)
        except NotOneOfOurs:
            form.add_error(None, _("This type was added by an office above or elsewhere; that office merges it."))
        except CarriedElsewhere:
            form.add_error(None, _("Sites outside your territory carry this type. The office above you merges it."))
        except (MergesIntoItself, AlreadyMerged):
            form.add_error("into", _("Choose another type that is still in use."))
        else:
            messages.success(request, _("Merged. The sites follow, and the old name still finds them."))
            return redirect("registry:type", pk=into.pk)
    context = {"form": form, "type": goes}
    return render(request, "registry/type_merging.html", context, status=422 if form.errors else 200)


@allow(Permission.TYPE_KEEP)
def scale(request: StaffRequest) -> HttpResponse:
    """The grades of one's own scale; without any, the nation's hold."""
    form = ScaleGradeForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        form.save(commit=False).add(by=request.user)
        messages.success(request, _("The grade is in the scale."))
        return redirect("registry:scale")
    own = ScaleGrade.objects.within(request.scope).in_use_on(request.scope.on).select_related("area")
    national = ScaleGrade.objects.of_nation(on=request.scope.on)
    context = {"form": form, "own": own, "national": national}
    return render(request, "registry/scale.html", context, status=422 if form.errors else 200)


@require_POST
@allow(Permission.TYPE_KEEP)
def end_grade(request: StaffRequest, pk: int) -> HttpResponse:
    grade = get_object_or_404(ScaleGrade.objects.within(request.scope).in_use_on(request.scope.on), pk=pk)
    grade.end(by=request.user, on=request.scope.on)
    messages.success(request, _("No longer offered. What was rated with it stays."))
    return redirect("registry:scale")
