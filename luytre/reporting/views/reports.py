"""Reports: the office's list, what one would say today, and the report itself with all that can be done to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import periods
from luytre.reporting import drafting, frozen, narrative, printing, questions
from luytre.reporting.documents import pdf, word
from luytre.reporting.documents.content import OfficialDocument
from luytre.reporting.models.reports import Report
from luytre.reporting.report_forms import FilterForm, ReportForm
from luytre.reporting.report_sheet import Sheet, rows_of
from luytre.reporting.views.asking import explained

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
READERS = (Permission.REPORT_MAKE, Permission.REPORT_SIGN)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*READERS)
def index(request: StaffRequest) -> HttpResponseBase:
    """GET looks at what the report would say; POST keeps it as a draft."""
    asked = request.POST or (request.GET if "area" in request.GET else None)
    form = ReportForm(asked, scope=request.scope, initial=usual(request))
    context: dict[str, object] = {"form": form, **listed(request)}
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            return keep(request, form)
        context |= preview(request, form)
    return render(request, "reporting/reports.html", context, status=422 if form.errors else 200)


def usual(request: StaffRequest) -> dict[str, object]:
    """One's own place and the month that is running."""
    own = questions.visible(request.scope).on(request.scope.on).order_by("path").first()
    month = periods.month_of(request.scope.on)
    return {"area": own.pk if own else None, "period": f"{month.last_day:%Y-%m}"}


def listed(request: StaffRequest) -> dict[str, object]:
    rows = Report.objects.readable(request.scope).with_state().select_related("area").prefetch_related("issues")
    years = sorted({day.year for day in rows.order_by().values_list("last_day", flat=True)}, reverse=True)
    filters = FilterForm(request.GET or None, years=years)
    if filters.is_bound and filters.is_valid():
        state, year = filters.cleaned_data["state"], filters.cleaned_data["year"]
        rows = rows.in_state(state) if state else rows
        rows = rows.filter(last_day__year=year) if year else rows
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    filtered = filters.is_bound and any(filters.cleaned_data.values())
    return {"page": page, "rows": rows_of(page.object_list, request), "filters": filters, "is_filtered": filtered}


def preview(request: StaffRequest, form: ReportForm) -> dict[str, object]:
    area, today = form.cleaned_data["area"], request.scope.on
    picture = frozen.take(area, form.window(), period=form.token(), today=today, at=timezone.now())
    document = printing.document(picture, narrative.write(picture), day=today)
    is_own = area.path in request.scope.paths
    return {"document": document, "area": area, "period": form.token(), "is_own": is_own, "asked": form.cleaned_data}


def keep(request: StaffRequest, form: ReportForm) -> HttpResponseBase:
    area = form.cleaned_data["area"]
    if area.path not in request.scope.paths:
        raise Http404(area.code)
    try:
        report = drafting.draft(
            area, form.window(), period=form.token(), by=request.user, at=timezone.now(), today=request.scope.on
        )
    except drafting.AlreadyDrafted as known:
        messages.info(request, _("Your office has a report on these days already. Here it is."))
        report = known.report
    return redirect("reporting:report", pk=report.pk)


@require_GET
@allow(*READERS)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(Report.objects.readable(request.scope).select_related("area"), pk=pk)
    return render(request, "reporting/report.html", {"sheet": Sheet.opened(report, request)})


def draft(request: StaffRequest, code: str, period: str) -> OfficialDocument:
    question = questions.ask({"area": code, "period": period}, scope=request.scope)
    try:
        return narrative.report(question.area, period, today=timezone.localdate())
    except narrative.NoReportAtThisLevel as level:
        raise Http404(str(level)) from level


def taken(name: str, kind: str, content: bytes) -> HttpResponse:
    extension = "docx" if kind == WORD else "pdf"
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{name}.{extension}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_GET
@allow(*READERS)
@explained
def as_word(request: StaffRequest, code: str, period: str) -> HttpResponse:
    return taken(f"{code}-{period}", WORD, word.write(draft(request, code, period)))


@require_GET
@allow(*READERS)
@explained
def as_pdf(request: StaffRequest, code: str, period: str) -> HttpResponse:
    return taken(f"{code}-{period}", PDF, pdf.write(draft(request, code, period)))


@require_GET
@allow(*READERS)
def version_word(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """In the layout it went out in; a draft in the one the office uses now."""
    sheet = version_sheet(request, pk, number)
    return taken(f"{sheet.report.area.code}-{pk}-v{number}", WORD, sheet.as_word())


@require_GET
@allow(*READERS)
def version_pdf(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    sheet = version_sheet(request, pk, number)
    return taken(f"{sheet.report.area.code}-{pk}-v{number}", PDF, pdf.write(sheet.document))


@require_GET
@allow(*READERS)
def version(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    sheet = version_sheet(request, pk, number)
    return render(request, "reporting/report_version.html", {"sheet": sheet})


@require_GET
@allow(*READERS)
def changes(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """What a version says otherwise than the one before it, or than the one asked for."""
    sheet = version_sheet(request, pk, number)
    asked = request.GET.get("from", "")
    older = sheet.older(int(asked) if asked.isdigit() else number - 1)
    context = {
        "sheet": sheet,
        "older": older,
        "differences": list(drafting.differences(older, sheet.text)),
        "shifts": drafting.shifts(older.picture, sheet.text.picture),
    }
    return render(request, "reporting/report_changes.html", context)


def version_sheet(request: StaffRequest, pk: int, number: int) -> Sheet:
    """Of the places below only the versions they have issued."""
    report = get_object_or_404(Report.objects.readable(request.scope).select_related("area"), pk=pk)
    sheet = Sheet.opened(report, request, number=number)
    if not sheet.may_read:
        raise Http404(str(number))
    return sheet
