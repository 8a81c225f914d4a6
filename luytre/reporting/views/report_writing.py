"""Writing a report: a paragraph at a time, new figures, an earlier version again."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting import drafting
from luytre.reporting.drafting import NoSuchParagraph, Text
from luytre.reporting.models.reports import NotNow, Report, ReportVersion, SavedMeanwhile
from luytre.reporting.prose import FigureOverwritten, UnknownFigure
from luytre.reporting.report_forms import BaseForm, ParagraphForm
from luytre.reporting.report_sheet import Sheet

GET_POST = ["GET", "HEAD", "POST"]


def own(request: StaffRequest, pk: int) -> Report:
    return get_object_or_404(Report.objects.of_office(request.scope).select_related("area"), pk=pk)


def gone_on(request: StaffRequest, report: Report) -> HttpResponseBase:
    messages.warning(request, _("The report has gone on meanwhile. Look at where it stands now."))
    return redirect("reporting:report", pk=report.pk)


@require_http_methods(GET_POST)
@allow(Permission.REPORT_MAKE)
def paragraph(request: StaffRequest, pk: int, key: str) -> HttpResponseBase:
    report = own(request, pk)
    if request.method != "POST" and not report.is_open:
        return gone_on(request, report)
    text = base_of(request, report)
    try:
        start = {"typed": text.written(key), "base": text.version.number}
    except NoSuchParagraph as missing:
        raise Http404(key) from missing
    form = ParagraphForm(request.POST or None, initial=start, figures=drafting.names_of_figures(text.picture))
    leaving_out = request.method == "POST" and "leave_out" in request.POST
    if leaving_out or (request.method == "POST" and form.is_valid()):
        answer = write(request, report, key, form, text, leaving_out=leaving_out)
        if answer:
            return answer
    context = {"sheet": Sheet.opened(report, request), "form": form, "block": text.block(key), "key": key}
    return render(request, "reporting/report_paragraph.html", context, status=422 if form.errors else 200)


def base_of(request: StaffRequest, report: Report) -> Text:
    """The version that was on the screen; the newest one for who comes anew."""
    typed = request.POST.get("base", "")
    number = int(typed) if typed.isdigit() and len(typed) < 9 else report.newest.number
    found = report.versions.select_related("figures", "saved_by").filter(number=number).first()
    if found is None:
        raise Http404(typed)
    return Text(found)


def write(
    request: StaffRequest, report: Report, key: str, form: ParagraphForm, text: Text, *, leaving_out: bool
) -> HttpResponseBase | None:
    """Nothing when the page has to be shown again, with what was typed still in it."""
    base, at = text.version.number, timezone.now()
    try:
        if leaving_out:
            drafting.leave_out(report, base=base, key=key, by=request.user, at=at)
        elif "after" in request.POST:
            drafting.add_after(report, key=key, by=request.user, at=at, **words_of(form))
        else:
            drafting.rewrite(report, base=base, key=key, by=request.user, at=at, **words_of(form))
    except UnknownFigure as problem:
        words = _("There is no figure %(number)d in this paragraph. Choose one below to put it in.")
        form.add_error("typed", words % {"number": problem.number})
    except FigureOverwritten as problem:
        told = {"number": problem.number, "typed": problem.typed, "right": problem.right}
        words = _(
            "Figure %(number)d is %(right)s in the records, not %(typed)s. Mend the record, then take new figures."
        )
        form.add_error("typed", words % told)
    except SavedMeanwhile as conflict:
        return conflict_page(request, report, key, form, conflict.newest)
    except (NotNow, NoSuchParagraph):
        form.add_error(None, _("The report has gone on meanwhile, so nothing was saved. What you wrote is still here."))
    else:
        messages.success(request, _("Saved as a new version."))
        return redirect(f"{report_url(report)}#{key}")
    return None


def words_of(form: ParagraphForm) -> dict[str, str]:
    return {"typed": form.cleaned_data["typed"], "add": form.cleaned_data["add"]}


def report_url(report: Report) -> str:
    return redirect("reporting:report", pk=report.pk).url


def conflict_page(
    request: StaffRequest, report: Report, key: str, form: ParagraphForm, newest: ReportVersion
) -> HttpResponse:
    """Both texts side by side; what was typed is sent again on top of the newer version only if one wants so."""
    text = Text(newest)
    theirs = text.block(key).said(text.picture)
    data = {"typed": request.POST.get("typed", ""), "add": request.POST.get("add", ""), "base": newest.number}
    again = ParagraphForm(initial=data, figures=drafting.names_of_figures(text.picture))
    context = {"sheet": Sheet.opened(report, request), "form": again, "key": key, "theirs": theirs, "newest": newest}
    return render(request, "reporting/report_paragraph.html", context | {"block": text.block(key)}, status=409)


@require_http_methods(GET_POST)
@allow(Permission.REPORT_MAKE)
def refresh(request: StaffRequest, pk: int) -> HttpResponseBase:
    """What the records say otherwise by now; taken over only when wanted."""
    report = own(request, pk)
    sheet = Sheet.opened(report, request)
    if not sheet.may_write:
        return gone_on(request, report)
    form, at = BaseForm(request.POST or None, initial={"base": sheet.version.number}), timezone.now()
    if form.is_valid():
        try:
            drafting.refresh(report, base=form.cleaned_data["base"], by=request.user, at=at, today=request.scope.on)
        except (SavedMeanwhile, NotNow):
            return gone_on(request, report)
        messages.success(request, _("The figures are those of this moment. Your own words have stayed."))
        return redirect("reporting:report", pk=pk)
    shifts = drafting.shifts(sheet.picture, drafting.anew(report, at=at, today=request.scope.on))
    context = {"sheet": sheet, "form": form, "shifts": shifts}
    context["to_read"] = [one.said(sheet.picture) for one in drafting.to_read_again(sheet.text.body, shifts)]
    return render(request, "reporting/report_refresh.html", context)


@require_http_methods(GET_POST)
@allow(Permission.REPORT_MAKE)
def restore(request: StaffRequest, pk: int, number: int) -> HttpResponseBase:
    report = own(request, pk)
    sheet = Sheet.opened(report, request, number=number)
    form = BaseForm(request.POST or None, initial={"base": report.newest.number})
    if form.is_valid():
        base = form.cleaned_data["base"]
        try:
            drafting.restore(report, base=base, number=number, by=request.user, at=timezone.now())
        except (SavedMeanwhile, NotNow):
            return gone_on(request, report)
        messages.success(request, _("Version %(number)d is the newest one again.") % {"number": number})
        return redirect("reporting:report", pk=pk)
    context = {
        "question": _("Go back to version %(number)d?") % {"number": number},
        "consequence": _("It becomes a new version on top; the others stay and can be read."),
        "action": _("Go back to it"), "form": form, "cancel_url": report_url(sheet.report),
    }  # fmt: skip
    return render(request, "ui/confirm.html", context)
