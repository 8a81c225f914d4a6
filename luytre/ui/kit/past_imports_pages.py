"""What came into a register from Excel: by whom, how many rows, and the button that takes a whole import back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, View, allow
from luytre.ui.models import AlreadyUndone, Import, TooLateToUndo
from luytre.ui.registers import Register

PAGE = 20
LEFT_SHOWN = 20


def imports_page(register: Register) -> View:
    @require_GET
    @allow(register.write)
    def show(request: StaffRequest) -> HttpResponse:
        rows = Import.objects.within(request.scope).filter(register=register.name).select_related("by", "undone_by")
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        now = timezone.now()
        context = {
            "register": register,
            "page": page,
            "lines": [{"one": one, "may_undo": one.may_be_undone(now), "left": left_of(one, register)} for one in page],
            "crumbs": [
                (register.label.capitalize(), register.url()),
                (_("Bring in from Excel"), register.url("import")),
                (_("Past imports"), ""),
            ],
        }
        return render(request, "ui/kit/imports.html", context)

    return show


def left_of(one: Import, register: Register) -> list[tuple[int, str]]:
    """The rows that undoing left as they are, with the addresses of their records."""
    if not one.undone_at:
        return []
    rows = one.rows.filter(is_left=True)[:LEFT_SHOWN]
    return [(row.number, register.url("record", pk=row.subject_id)) for row in rows]


def undo_page(register: Register) -> View:
    @require_POST
    @allow(register.write)
    def write(request: StaffRequest, pk: int) -> HttpResponse:
        rows = Import.objects.within(request.scope).filter(register=register.name)
        one = get_object_or_404(rows, pk=pk)
        try:
            left = one.undo(by=request.user, at=timezone.now())
        except AlreadyUndone:
            messages.info(request, _("This import was taken back before."))
        except TooLateToUndo:
            messages.error(
                request, _("The days in which an import can be taken back are over. Correct single records.")
            )
        else:
            said = _("Taken back. %(left)d records were changed since and are left as they are.")
            messages.success(request, said % {"left": len(left)})
        return redirect(register.url("imports"))

    return write
