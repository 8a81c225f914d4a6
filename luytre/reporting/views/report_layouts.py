"""The Word layout of an office: see it, start from the standard one, put one's own in, go back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area
from luytre.common import periods
from luytre.reporting import frozen, layout_words, narrative, outline, printing
from luytre.reporting.documents import layouts
from luytre.reporting.documents.layout_check import BadLayout
from luytre.reporting.models.layouts import ReportLayout
from luytre.reporting.report_forms import LayoutForm
from luytre.reporting.report_sheet import figures_of
from luytre.reporting.views.reports import WORD
from luytre.ui.forms import area_label


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_MAKE)
def index(request: StaffRequest) -> HttpResponseBase:
    office = office_of(request, request.GET.get("area", ""))
    form = LayoutForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            layout_words.put(office, name=file.name, content=file.read(), by=request.user, at=timezone.now())
        except BadLayout as bad:
            form.add_error("file", layout_words.explained(bad))
        else:
            messages.success(request, _("The layout is in use from now on. Look at it with real figures below."))
            return redirect(f"{request.path}?area={office.code}")
    rows = ReportLayout.objects.within(request.scope).filter(area=office).select_related("put_by").defer("content")
    context = {
        "office": office, "form": form, "layouts": rows, "fields": layout_words.fields(),
        "current": ReportLayout.objects.within(request.scope).current(office), "offices": offices(request),
    }  # fmt: skip
    return render(request, "reporting/report_layouts.html", context, status=422 if form.errors else 200)


def offices(request: StaffRequest) -> list[tuple[str, str]]:
    """The reader's own offices: not those below them."""
    rows = Area.objects.on(request.scope.on).filter(path__in=request.scope.paths, level__in=outline.LEVELS)
    return [(area.code, area_label(area)) for area in rows.order_by("path")]


def office_of(request: StaffRequest, code: str = "", pk: int = 0) -> Area:
    rows = Area.objects.on(request.scope.on).filter(path__in=request.scope.paths, level__in=outline.LEVELS)
    if pk:
        return get_object_or_404(rows, pk=pk)
    if code:
        return get_object_or_404(rows, code=code)
    return get_object_or_404(rows.order_by("path")[:1])


def file(name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content, content_type=WORD, headers={"Content-Disposition": f'attachment; filename="{name}.docx"'}
    )


@require_GET
@allow(Permission.REPORT_MAKE)
def standard(request: StaffRequest, pk: int) -> HttpResponse:
    """The file to start from."""
    office = office_of(request, pk=pk)
    return file(f"mau-bao-cao-{office.code}", layouts.standard())


def kept(request: StaffRequest, pk: int, number: int) -> ReportLayout:
    rows = ReportLayout.objects.within(request.scope).filter(area=office_of(request, pk=pk)).exclude(content=b"")
    return get_object_or_404(rows, number=number)


@require_GET
@allow(Permission.REPORT_MAKE)
def download(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    layout = kept(request, pk, number)
    return file(f"mau-bao-cao-{layout.area.code}-{number}", bytes(layout.content))


@require_GET
@allow(Permission.REPORT_MAKE)
def preview(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """The running month of the office in this layout."""
    layout, today = kept(request, pk, number), request.scope.on
    month = periods.month_of(today)
    token = f"{month.last_day:%Y-%m}"
    picture = frozen.take(layout.area, month, period=token, today=today, at=timezone.now())
    document = printing.document(picture, narrative.write(picture), day=today)
    filled = layouts.fill(bytes(layout.content), document, figures_of(picture))
    return file(f"xem-thu-{layout.area.code}-{number}", filled)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_MAKE)
def back(request: StaffRequest, pk: int) -> HttpResponseBase:
    """To the standard layout, or to an earlier one of one's own."""
    office = office_of(request, pk=pk)
    if request.method == "POST":
        number = request.POST.get("number", "")
        earlier = kept(request, pk, int(number)) if number.isdigit() and len(number) < 9 else None
        layout_words.again(office, earlier, by=request.user, at=timezone.now())
        messages.success(request, _("Reports are printed in this layout from now on."))
    return redirect(f"/reports/layout/?area={office.code}")
