"""The audit trail for auditors, and the daily roots for everybody."""

import csv
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luytre import audit
from luytre.accounts.access import StaffRequest, allow, public
from luytre.accounts.permissions import Permission
from luytre.administration import purposes
from luytre.administration import trail as told
from luytre.administration.forms import TrailFilter
from luytre.audit.models import AuditEntry, ChainLink, DailyRoot

PAGE, DAYS = 50, 60


def state() -> dict[str, Any]:
    """How far the chain has come."""
    return {
        "last": ChainLink.objects.select_related("entry").order_by("-sequence").first(),
        "open": AuditEntry.objects.filter(link=None).count(),
        "root": DailyRoot.objects.order_by("-day").first(),
    }


@require_safe
@allow(Permission.AUDIT_READ)
def entries(request: StaffRequest) -> HttpResponse:
    """The auditor's own reading is in the trail as well."""
    form = TrailFilter(request.GET, scope=request.scope)
    page = Paginator(form.rows().select_related("link"), PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, "read_trail", by=request.user, purpose=purposes.AUDIT, fields=form.in_use)
    context = {"filter": form, "page": page, "lines": told.lines(page.object_list), "chain": state()}
    return render(request, "administration/trail.html", context | {"query": request.GET.urlencode()})


class Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        return value


HEADINGS = ["sequence", "at", "actor", "verb", "kind", "record", "area_path", "purpose", "fields", "hash"]


def csv_lines(rows: Any) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + str(writer.writerow(HEADINGS))
    for entry in rows.iterator(chunk_size=2000):
        link = getattr(entry, "link", None)
        cells = [entry.at.isoformat(), entry.actor, entry.verb, entry.subject_type, entry.subject_id, entry.area_path]
        tail = [entry.purpose, " ".join(entry.fields), link.hash if link else ""]
        yield str(writer.writerow([link.sequence if link else "", *cells, *tail]))


@require_safe
@allow(Permission.AUDIT_READ)
def export(request: StaffRequest) -> HttpResponseBase:
    """All that the filters leave, for a program of the auditor's own."""
    form = TrailFilter(request.GET, scope=request.scope)
    rows = form.rows().select_related("link")
    audit.record(request.user, "exported_trail", by=request.user, purpose=purposes.AUDIT, fields=form.in_use)
    name = f"luytre-trail-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@public
def roots(request: HttpRequest) -> HttpResponse:
    page = Paginator(DailyRoot.objects.order_by("-day"), DAYS).get_page(request.GET.get("page"))
    return render(request, "administration/roots.html", {"page": page})


@require_safe
@public
def roots_json(request: HttpRequest) -> HttpResponse:
    """For whoever keeps a copy, so that nobody can rewrite the past unseen."""
    fields = ("day", "root", "first_sequence", "last_sequence", "count")
    return JsonResponse({"roots": list(DailyRoot.objects.order_by("day").values(*fields))})
