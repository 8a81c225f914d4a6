"""The page that asks for a day, a reason or the like before a verb is done."""

from collections.abc import Sequence
from datetime import date

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from luytre.accounts.access import StaffRequest
from luytre.ui import registers
from luytre.ui.kit import traces
from luytre.ui.records import Record


def ask(
    request: StaffRequest,
    form: BaseForm,
    *,
    title: str | Promise,
    record: Record,
    back: str,
    notes: Sequence[str] = (),
    is_possible: bool = True,
) -> HttpResponse:
    """`notes` say what must be known or done before; without that there may be nothing to send yet.

    A page about somebody leaves a trace (rights rule R24)."""
    register = registers.of_model(type(record))
    if register:
        traces.viewed(register, record, by=request.user)
    context = {"form": form, "title": title, "record": record, "back": back, "notes": notes, "is_possible": is_possible}
    return render(request, "registry/ask.html", context, status=422 if form.errors else 200)


def initial() -> dict[str, date]:
    return {"on": timezone.localdate()}
