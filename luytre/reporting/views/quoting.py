"""Narrative reports brought in: read, each proposed figure decided on, what was taken beside what is counted here."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import spreadsheets
from luytre.reporting import quoting
from luytre.reporting.models import Decision, QuotedFigure, QuotedReport
from luytre.reporting.quoting import Quoted, Text
from luytre.reporting.quoting_forms import MendingForm, QuotedReportForm
from luytre.reporting.reading.periods import dateline
from luytre.reporting.reading.texts import Unreadable, text_of
from luytre.ui.kit.excel_out import workbook

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_MAKE)
def index(request: StaffRequest) -> HttpResponse:
    form = QuotedReportForm(request.POST or None, request.FILES or None, scope=request.scope)
    if request.method == "POST" and form.is_valid() and (text := text_from(form)) is not None:
        if day := form.cleaned_data["reported_on"] or dateline(text.text):
            return brought(request, form, text, day)
        form.add_error("reported_on", _("The text bears no day. Choose the day of the report."))
    rows = QuotedReport.objects.within(request.scope).select_related("area", "by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "counts": [(one, counted(one)) for one in page]}
    return render(request, "reporting/quoted_reports.html", context, status=422 if form.errors else 200)


def text_from(form: QuotedReportForm) -> Text | None:
    """The file's text, or the pasted one; a file that cannot be read becomes an error at its field."""
    file = form.cleaned_data["file"]
    if not file:
        return Text(_("Pasted text"), form.cleaned_data["text"])
    try:
        read = text_of(file.read(), file.name, ocr=True)
    except Unreadable as problem:
        form.add_error("file", f"{problem.message} {problem.mend}")
        return None
    return Text(file.name, read.text, tuple(str(note) for note in read.notes))


def brought(request: StaffRequest, form: QuotedReportForm, text: Text, day: date) -> HttpResponse:
    one = quoting.bring_in(
        text,
        office=form.cleaned_data["area"],
        reported_on=day,
        scope=request.scope,
        by=request.user,
        at=timezone.now(),
    )
    count = one.figures.count()
    found = ngettext("%(count)d figure found.", "%(count)d figures found.", count) % {"count": count}
    messages.success(request, f"{found} {_('Nothing is taken before you say so.')}")
    return redirect("reporting:quoted-report-confirm", one.pk)


def counted(one: QuotedReport) -> dict[str, int]:
    counts = one.counts()
    return {"waiting": counts.get("", 0), "taken": counts.get("taken", 0), "rejected": counts.get("rejected", 0)}


def found(request: StaffRequest, pk: int) -> QuotedReport:
    return get_object_or_404(QuotedReport.objects.within(request.scope).select_related("area", "by"), pk=pk)


@require_GET
@allow(Permission.REPORT_MAKE)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    return page_of(request, found(request, pk), chosen=request.GET.get("at", ""))


def page_of(request: StaffRequest, one: QuotedReport, *, chosen: str, form: MendingForm | None = None) -> HttpResponse:
    figures = list(one.figures.select_related("area", "report"))
    quoted = list(quoting.beside(figures, scope=request.scope))
    current = next((row for row in quoted if str(row.kept.number) == chosen), None)
    current = current or next((row for row in quoted if not row.kept.decision), None)
    context = {
        "report": one,
        "quoted": quoted,
        "current": current,
        **(steps_from(current.kept.number, len(quoted)) if current else {}),
        "form": form or (MendingForm(figure=current.kept, scope=request.scope) if current else None),
        "second": quoting.known(current.kept.second) if current and current.kept.second else None,
        "pieces": list(pieces(one.text, figures)),
        "counts": counted(one),
    }
    return render(request, "reporting/quoted_report.html", context, status=422 if form else 200)


def steps_from(number: int, count: int) -> dict[str, int | None]:
    """The numbers beside a figure's own: a report's figures are numbered from one on, without gaps."""
    return {"previous": number - 1 if number > 1 else None, "next": number + 1 if number < count else None}


def pieces(text: str, figures: list[QuotedFigure]) -> Iterator[tuple[str, QuotedFigure | None]]:
    """The text in order, cut where a figure stands."""
    at = 0
    for one in sorted(figures, key=lambda figure: figure.start):
        if one.start < at:
            continue
        yield text[at : one.start], None
        yield text[one.start : one.end], one
        at = one.end
    yield text[at:], None


@require_POST
@allow(Permission.REPORT_MAKE)
def decide(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Taken as it stands, as the second reading, or as mended; left out; or put back."""
    one = found(request, pk)
    figure = get_object_or_404(one.figures.select_related("report__area"), number=number)
    act, at = request.POST.get("act", ""), timezone.now()
    if act == "mend":
        form = MendingForm(request.POST, figure=figure, scope=request.scope)
        if not form.is_valid():
            return page_of(request, one, chosen=str(number), form=form)
        figure.decide(Decision.TAKEN, by=request.user, at=at, mended=form.cleaned_data)
    elif act == "second" and figure.second:
        figure.decide(Decision.TAKEN, by=request.user, at=at, mended={"code": figure.second})
    elif act in DECISIONS:
        figure.decide(DECISIONS[act], by=request.user, at=at)
    return redirect(f"{reverse('reporting:quoted-report-confirm', args=[pk])}{after(one, number, act)}")


DECISIONS = {"take": Decision.TAKEN, "reject": Decision.REJECTED, "wait": Decision.WAITING}


def after(one: QuotedReport, number: int, act: str) -> str:
    """The next that waits, from here on and then from the beginning; what was put back stays where one is.

    No fragment: with one a browser does not give the first button the focus, and Enter would do nothing.
    """
    if act == "wait":
        return f"?at={number}"
    waiting = list(one.figures.waiting().values_list("number", flat=True))
    following = next((other for other in waiting if other > number), waiting[0] if waiting else None)
    return f"?at={following}" if following else "#taken"


@require_POST
@allow(Permission.REPORT_MAKE)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    one.remove(by=request.user)
    messages.success(request, _("“%(name)s” and what was quoted from it are removed.") % {"name": one.name})
    return redirect("reporting:quoted-reports")


@require_GET
@allow(Permission.REPORT_MAKE)
def taken_excel(request: StaffRequest, pk: int) -> HttpResponse:
    """What was taken, each with its sentence and with what is counted here."""
    one = found(request, pk)
    rows = quoting.beside(one.figures.taken().select_related("area", "report"), scope=request.scope)
    head = [_("Indicator"), _("Code"), _("Value"), _("How exact"), _("Role"), _("Place"), _("First day"), _("Last day"),
            _("Counted here"), _("Sentence")]  # fmt: skip
    content = spreadsheets.write(head, map(row_of, rows), title=_("Quoted figures"), notes=[one.name])
    return workbook(content, f"quoted-{pk}.xlsx")


def row_of(row: Quoted) -> list[Any]:
    kept = row.kept
    return [
        row.definition.name if row.definition else kept.code, kept.code, kept.value, kept.get_qualifier_display(),
        kept.get_role_display(), kept.area.full_name if kept.area else kept.place, kept.first_day, kept.last_day,
        row.ours.value if row.ours else None, kept.sentence,
    ]  # fmt: skip
