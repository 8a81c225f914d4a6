"""The pages of periodic reports: choose, read, take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import periods
from luytre.reporting import narrative, questions
from luytre.reporting.documents import pdf, word
from luytre.reporting.documents.content import OfficialDocument
from luytre.reporting.forms import ReportForm
from luytre.reporting.views.asking import explained

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@require_GET
@allow(Permission.REPORT_MAKE)
def index(request: StaffRequest) -> HttpResponse:
    form = ReportForm(request.GET if "area" in request.GET else None, scope=request.scope, initial=usual(request))
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        area, period = form.cleaned_data["area"], form.cleaned_data["period"]
        document = narrative.report(area, period, today=timezone.localdate())
        context |= {"document": document, "area": area, "period": period}
    return render(request, "reporting/reports.html", context, status=422 if form.errors else 200)


def usual(request: StaffRequest) -> dict[str, object]:
    """One's own place and the month that is running."""
    own = questions.visible(request.scope).on(request.scope.on).order_by("path").first()
    month = periods.month_of(request.scope.on)
    return {"area": own.pk if own else None, "period": f"{month.last_day:%Y-%m}"}


def draft(request: StaffRequest, code: str, period: str) -> OfficialDocument:
    question = questions.ask({"area": code, "period": period}, scope=request.scope)
    try:
        return narrative.report(question.area, period, today=timezone.localdate())
    except narrative.NoReportAtThisLevel as level:
        raise Http404(str(level)) from level


def taken(code: str, period: str, kind: str, content: bytes) -> HttpResponse:
    extension = "docx" if kind == WORD else "pdf"
    headers = {"Content-Disposition": f'attachment; filename="bao-cao-{code}-{period}.{extension}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_GET
@allow(Permission.REPORT_MAKE)
@explained
def as_word(request: StaffRequest, code: str, period: str) -> HttpResponse:
    return taken(code, period, WORD, word.write(draft(request, code, period)))


@require_GET
@allow(Permission.REPORT_MAKE)
@explained
def as_pdf(request: StaffRequest, code: str, period: str) -> HttpResponse:
    return taken(code, period, PDF, pdf.write(draft(request, code, period)))
