"""The import page: upload, how it is read, a report row by row, then bring in the good rows if told so."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, View, allow
from luytre.areas.models import Area
from luytre.common import spreadsheets
from luytre.common.spreadsheets import Sheet, UnreadableWorkbook
from luytre.ui.kit import excel_alike, traces
from luytre.ui.kit.excel_in import Outcome, check
from luytre.ui.kit.excel_out import workbook
from luytre.ui.kit.excel_reading import Reading
from luytre.ui.kit.excel_strange import strange_words
from luytre.ui.kit.excel_writing import Writing
from luytre.ui.kit.uploads import Upload, forget_uploads
from luytre.ui.models import ColumnReading, Import
from luytre.ui.registers import Register

__all__ = ["confirm_page", "forget_uploads", "import_page"]
SHOWN = 200
DECISIONS = ("skip", "keep", "update")


class UploadForm(forms.Form):
    workbook = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy("the first sheet is read; headings in one row, one record in each row below"),
    )


class AnyWorkbookForm(UploadForm):
    workbook = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy("any workbook the office has: you choose the sheet and say which column is what"),
    )


def office_of(request: StaffRequest) -> Area:
    """The place for which one works: the widest of one's scope."""
    return Area.objects.within(request.scope).order_by("path")[0]


def import_page(register: Register) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @allow(register.write)
    def show(request: StaffRequest) -> HttpResponse:
        if "ticket" in request.POST:
            return read_again(request, register)
        form = AnyWorkbookForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return page(request, register, form)
        file = form.cleaned_data["workbook"]
        content = file.read()
        reading = Reading.kept(register, office_of(request), request.scope)
        try:
            spreadsheets.read(content)
        except UnreadableWorkbook as error:
            form.add_error("workbook", str(error))
            return page(request, register, form)
        return report(request, register, Upload.keep(content), reading, file.name)

    return show


def read_again(request: StaffRequest, register: Register) -> HttpResponse:
    """The same file, read as somebody has said since."""
    upload = Upload.of_ticket(request.POST["ticket"], request)
    if upload is None:
        return gone(request, register)
    reading, called = upload.noted()
    return report(request, register, upload, reading.said(request.POST.dict(), register), called)


def report(request: StaffRequest, register: Register, upload: Upload, reading: Reading, called: str) -> HttpResponse:
    content = upload.path.read_bytes()
    try:
        sheet = spreadsheets.read(content, reading.sheet, reading.header)
    except UnreadableWorkbook as error:
        messages.error(request, str(error))
        reading = Reading(columns=reading.columns, values=reading.values)
        sheet = spreadsheets.read(content)
    outcome = check(register, sheet, scope=request.scope, reading=reading)
    upload.read_as(reading, called)
    traces.listed(register, [one.record for one in outcome.alike[: excel_alike.SHOWN]], by=request.user)
    context = read_words(register, request, outcome, sheet, reading) | {
        "ticket": upload.ticket(request),
        "sheets": spreadsheets.names(content),
        "called": called,
    }
    return page(request, register, AnyWorkbookForm(), outcome=outcome, **context)


def read_words(
    register: Register, request: StaffRequest, outcome: Outcome, sheet: Sheet, reading: Reading
) -> dict[str, Any]:
    """What the page shows of the reading, so that it can be set right."""
    fields = [(name, register.heading(name)) for name in register.form_class().base_fields]
    return {
        "columns": outcome.read,
        "fields": fields,
        "reading": reading,
        "header": sheet.first_row - 1,
        "strange": strange_words(register, outcome, request.scope),
        "took": [(register.heading(name), one) for name, one in outcome.took],
        "guessed": any(one.how == "guessed" for one in outcome.read),
        "alike": [(one, one.pairs(register)) for one in outcome.alike[: excel_alike.SHOWN]],
        "alike_more": max(0, len(outcome.alike) - excel_alike.SHOWN),
    }


def page(
    request: StaffRequest, register: Register, form: UploadForm, outcome: Outcome | None = None, **context: Any
) -> HttpResponse:
    crumbs = [(register.label.capitalize(), register.url()), (_("Bring in from Excel"), "")]
    context |= {"register": register, "form": form, "outcome": outcome, "crumbs": crumbs}
    if outcome:
        context |= {"faults": outcome.faults[:SHOWN], "more": max(0, len(outcome.faults) - SHOWN)}
    return render(request, "ui/kit/import.html", context, status=422 if form.errors else 200)


def confirm_page(register: Register) -> View:
    """Bring in the good rows, or hand out the faults as a workbook."""

    @require_POST
    @allow(register.write)
    def write(request: StaffRequest) -> HttpResponse:
        upload = Upload.of_ticket(request.POST.get("ticket", ""), request)
        if upload is None:
            return gone(request, register)
        content, (reading, called) = upload.path.read_bytes(), upload.noted()
        sheet = spreadsheets.read(content, reading.sheet, reading.header)
        outcome = check(register, sheet, scope=request.scope, reading=reading)
        if "faults" in request.POST:
            return workbook(faults_sheet(outcome), f"{register.name}-faults.xlsx")
        office, now = office_of(request), timezone.now()
        bringing = Import(area=office, register=register.name, name=called[:200])
        writing = Writing(register, outcome, request.scope, request.user, decisions(request, outcome))
        writing.write(bringing, content, at=now)
        rule = {"columns": {**reading.columns, **outcome.columns}, "values": reading.values}
        ColumnReading(area=office, register=register.name, rule=rule).keep(by=request.user, at=now)
        upload.forget()
        tell(request, bringing, outcome)
        return redirect(register.url("imports"))

    return write


def gone(request: StaffRequest, register: Register) -> HttpResponse:
    messages.error(request, _("The file is no longer kept. Send it again."))
    return redirect(register.url("import"))


def decisions(request: StaffRequest, outcome: Outcome) -> dict[int, str]:
    """What to do with rows that resemble a record: each as said, those that were not shown all alike."""
    rest = request.POST.get("row-others", "")
    said = {one.number: request.POST.get(f"row-{one.number}", rest) for one in outcome.alike}
    return {number: what for number, what in said.items() if what in DECISIONS}


def tell(request: StaffRequest, bringing: Import, outcome: Outcome) -> None:
    counts = {"added": bringing.added, "updated": bringing.updated, "skipped": bringing.skipped}
    said = _("%(added)d records came in, %(updated)d were corrected, %(skipped)d left as they are.") % counts
    said += " " + _("%(bad)d rows stayed out.") % {"bad": outcome.bad_rows}
    if outcome.repeated:
        said += " " + _("%(count)d rows of this very file were there already.") % {"count": outcome.repeated}
    messages.success(request, said)


def faults_sheet(outcome: Outcome) -> bytes:
    rows = [[fault.row, fault.column, fault.value, fault.mend] for fault in outcome.faults]
    return spreadsheets.write([_("Row"), _("Column"), _("Written"), _("What to do")], rows, title=_("Faults"))
