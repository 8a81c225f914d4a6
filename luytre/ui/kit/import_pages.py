"""The import page: upload, a report row by row, then bring in the good rows if told so."""

from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, View, allow
from luytre.common import spreadsheets
from luytre.common.spreadsheets import UnreadableWorkbook
from luytre.ui.kit.excel_in import Outcome, bring_in, check
from luytre.ui.kit.excel_out import workbook
from luytre.ui.registers import Register

HOURS = 2
SHOWN = 200


class UploadForm(forms.Form):
    workbook = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy("the first sheet is read; headings in one row, one record in each row below"),
    )


class Upload:
    """A workbook kept for an hour or two under a signed name, so that nothing is uploaded twice."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "imports" / self.name

    @classmethod
    def keep(cls, content: bytes) -> "Upload":
        upload = cls(f"{token_hex(16)}.xlsx")
        upload.path.parent.mkdir(parents=True, exist_ok=True)
        upload.path.write_bytes(content)
        return upload

    def ticket(self, request: StaffRequest) -> str:
        return TimestampSigner(salt=f"import-{request.user.pk}").sign(self.name)

    @classmethod
    def of_ticket(cls, ticket: str, request: StaffRequest) -> "Upload | None":
        try:
            name = TimestampSigner(salt=f"import-{request.user.pk}").unsign(ticket, max_age=HOURS * 3600)
        except BadSignature:
            return None
        return cls(name) if cls(name).path.is_file() else None


def forget_uploads(*, before: datetime) -> int:
    """Delete the workbooks whose tickets have run out; returns how many."""
    oldest = before.timestamp() - HOURS * 3600
    stale = [path for path in Upload("").path.glob("*.xlsx") if path.stat().st_mtime < oldest]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def import_page(register: Register) -> View:
    @require_http_methods(["GET", "HEAD", "POST"])
    @allow(register.write)
    def show(request: StaffRequest) -> HttpResponse:
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return page(request, register, form)
        content = form.cleaned_data["workbook"].read()
        try:
            outcome = check(register, spreadsheets.read(content), scope=request.scope)
        except UnreadableWorkbook as error:
            form.add_error("workbook", str(error))
            return page(request, register, form)
        return page(request, register, form, outcome=outcome, ticket=Upload.keep(content).ticket(request))

    return show


def page(
    request: StaffRequest, register: Register, form: UploadForm, outcome: Outcome | None = None, ticket: str = ""
) -> HttpResponse:
    crumbs = [(register.label.capitalize(), register.url()), (_("Bring in from Excel"), "")]
    context: dict[str, Any] = {
        "register": register,
        "form": form,
        "outcome": outcome,
        "ticket": ticket,
        "crumbs": crumbs,
    }
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
            messages.error(request, _("The file is no longer kept. Send it again."))
            return redirect(register.url("import"))
        content = upload.path.read_bytes()
        outcome = check(register, spreadsheets.read(content), scope=request.scope)
        if "faults" in request.POST:
            return workbook(faults_sheet(outcome), f"{register.name}-faults.xlsx")
        count = bring_in(register, outcome, content=content, by=request.user)
        upload.path.unlink(missing_ok=True)
        tell(request, count, outcome)
        return redirect(register.url("list"))

    return write


def tell(request: StaffRequest, count: int, outcome: Outcome) -> None:
    said = _("%(count)d records came in, %(bad)d rows stayed out.") % {"count": count, "bad": outcome.bad_rows}
    if outcome.repeated:
        said += " " + _("%(count)d rows of this very file were there already.") % {"count": outcome.repeated}
    messages.success(request, said)


def faults_sheet(outcome: Outcome) -> bytes:
    rows = [[fault.row, fault.column, fault.value, fault.mend] for fault in outcome.faults]
    return spreadsheets.write([_("Row"), _("Column"), _("Written"), _("What to do")], rows, title=_("Faults"))
