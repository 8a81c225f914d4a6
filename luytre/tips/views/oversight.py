"""Pages of who oversees desks and of who sets the clocks. Looking is in the trail as well (rule R24)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luytre import audit
from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import spreadsheets
from luytre.tips import overseeing, rule_forms
from luytre.tips.acts import answer_complaint
from luytre.tips.clock_rules import rules
from luytre.tips.overseeing import SECTIONS, Section
from luytre.ui.kit.excel_out import as_csv, workbook

PAGE = 50


@require_safe
@allow(Permission.TIP_OVERSEE)
def acts(request: StaffRequest) -> HttpResponse:
    return shown(request, SECTIONS["acts"])


@require_safe
@allow(Permission.TIP_OVERSEE)
def section(request: StaffRequest, name: str) -> HttpResponse:
    if name not in SECTIONS:
        raise Http404
    return shown(request, SECTIONS[name])


def shown(request: StaffRequest, one: Section) -> HttpResponse:
    form = one.form(request.GET)
    rows = one.rows(request.scope, form)
    if request.GET.get("format") in ("csv", "xlsx"):
        return exported(request, one, form, rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, "read tip oversight", by=request.user, fields=[one.name, *form.in_use])
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "sections": SECTIONS.values(),
        "section": one,
        "filter": form,
        "page": page,
        "lines": list(one.lines(page.object_list)),
        "summary": overseeing.summary(request.scope, form) if one.name == "acts" else None,
        "query": kept.urlencode(),
    }
    return render(request, "tips/oversight.html", context)


def exported(request: StaffRequest, one: Section, form: overseeing.Filter, rows: Any) -> HttpResponse:
    audit.record(request.user, "exported tip oversight", by=request.user, fields=[one.name, *form.in_use])
    headings = [str(heading) for heading in one.headings]
    if request.GET.get("format") == "csv":
        return as_csv([headings, *one.lines(rows)], f"tips-{one.name}.csv")
    notes = [str(one.label), _("Taken out on %(day)s") % {"day": f"{timezone.localdate():%d/%m/%Y}"}]
    content = spreadsheets.write(headings, one.lines(rows), title=str(one.label), notes=notes)
    return workbook(content, f"tips-{one.name}.xlsx")


@require_safe
@allow(Permission.TIP_RULES)
def clock_rules(request: StaffRequest) -> HttpResponse:
    return render(request, "tips/rules.html", {"rules": rules(), "days": rule_forms.days_of(request.scope)})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.TIP_RULES)
def clock_rule(request: StaffRequest, code: str) -> HttpResponse:
    rule = next((one for one in rules() if one.code == code), None)
    if rule is None or not request.scope.is_national:
        raise Http404
    form = rule_forms.of_rule(rule, request.POST or None)
    if form.is_valid():
        form.save(commit=False).change(by=request.user)
        return redirect("oversight:rules")
    return render(request, "tips/rule.html", {"rule": rule, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.TIP_RULES)
def day_off(request: StaffRequest) -> HttpResponse:
    form = rule_forms.DayOffForm(request.POST or None, scope=request.scope)
    if form.is_valid():
        form.save(commit=False).add(by=request.user)
        return redirect("oversight:rules")
    return render(request, "tips/day_off.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.TIP_WORK)
def complaints(request: StaffRequest) -> HttpResponse:
    """What the desk above is asked to answer: that there is a complaint, about which tip of which desk."""
    waiting = overseeing.complaints_for(request.user)
    if request.method == "POST":
        asked = get_object_or_404(waiting, pk=request.POST.get("clock"))
        answer_complaint(asked.tip, by=request.user, document=request.POST.get("document", "").strip()[:60])
        return redirect("oversight:complaints")
    return render(request, "tips/complaints.html", {"waiting": waiting})
