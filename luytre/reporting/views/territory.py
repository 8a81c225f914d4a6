"""The pages of a place: key figures, trend, what lies below, downloads."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area
from luytre.common import spreadsheets
from luytre.reporting.forms import WindowForm
from luytre.reporting.territory import Territory, amount, month_name
from luytre.reporting.views.asking import csv_file, explained, territory_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@allow(Permission.FIGURE_READ)
def home(request: StaffRequest) -> HttpResponse:
    """One's own place, the widest one where there are several."""
    widest = Area.objects.within(request.scope).order_by("path").first()
    return redirect("reporting:territory", code=widest.code if widest else "0")


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def show(request: StaffRequest, code: str) -> HttpResponse:
    page = territory_of(request, code)
    initial = {
        "from": page.question.window.first_day,
        "to": page.question.window.last_day,
        "indicator": page.chosen.code,
        "calendar": page.calendar.value,
        "territory": request.GET.get("territory") or None,
    }
    return render(request, "reporting/territory.html", {"page": page, "form": WindowForm(initial=initial)})


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def parts_csv(request: StaffRequest, code: str) -> HttpResponse:
    page = territory_of(request, code)
    headings = [str(column.label) for column in page.headings()]
    return csv_file(f"figures-{code}", [headings, *page.rows(with_links=False), page.total()])


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def trend_csv(request: StaffRequest, code: str) -> HttpResponse:
    page = territory_of(request, code)
    pairs = [(month, month.same_last_year()) for month in page.months]
    lines = [[month_name(now), *(amount(page.value_in(one) or 0) for one in (now, then))] for now, then in pairs]
    return csv_file(f"trend-{code}", [[_("Month"), page.chosen.name, _("The year before")], *lines])


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def parts_excel(request: StaffRequest, code: str) -> HttpResponse:
    page = territory_of(request, code)
    headings = [str(column.label) for column in page.headings()]
    rows = [*page.rows(with_links=False), page.total()]
    content = spreadsheets.write(headings, rows, title=page.area.full_name, notes=notes(page))
    name = {"Content-Disposition": f'attachment; filename="figures-{code}.xlsx"'}
    return HttpResponse(content, content_type=EXCEL, headers=name)


def notes(page: Territory) -> list[str]:
    """What a table away from its page must say of itself."""
    told = {"place": page.area.full_name, "window": str(page.window), "day": f"{page.question.territory:%d/%m/%Y}"}
    return [
        _("Place: %(place)s") % told,
        _("Window: %(window)s") % told,
        _("Territory as of %(day)s") % told,
    ]
