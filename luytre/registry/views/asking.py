"""The page that asks for a day, a reason or the like before a verb is done."""

from datetime import date

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise

from luytre.accounts.access import StaffRequest


def ask(request: StaffRequest, form: BaseForm, *, title: str | Promise, record: object, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "record": record, "back": back}
    return render(request, "registry/ask.html", context, status=422 if form.errors else 200)


def initial() -> dict[str, date]:
    return {"on": timezone.localdate()}
