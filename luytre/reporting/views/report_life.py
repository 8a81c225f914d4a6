"""The life of a report: handed in, taken back, returned, signed by a second person, issued, recalled."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting.models.reports import (
    DayOutOfOrder,
    NotNow,
    NumberTaken,
    OwnReport,
    Report,
    ReportIssue,
    SavedMeanwhile,
    StillBlank,
)
from luytre.reporting.report_forms import BaseForm, IssueForm, ReasonedForm, SigningForm
from luytre.reporting.report_sheet import Sheet
from luytre.reporting.views.report_writing import GET_POST, gone_on, own, report_url

Verb = Callable[..., Any]


def act(
    request: StaffRequest, report: Report, form: forms.Form, verb: Verb, words: str, **page: Any
) -> HttpResponseBase:
    """Ask, do it once, and say so; the page is shown again with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(**form.cleaned_data, by=request.user, at=timezone.now())
        except (SavedMeanwhile, NotNow):
            return gone_on(request, report)
        except OwnReport:
            form.add_error(None, _("Nobody signs what they wrote themselves. Ask a colleague to sign."))
        except StillBlank:
            form.add_error(None, _("Some parts are still to be written. Write them, or leave them out."))
        except NumberTaken as taken:
            told = {"number": taken.number, "free": taken.free}
            words = _("Number %(number)d is taken this year. The next free one is %(free)d.")
            form.add_error("number", words % told)
        except DayOutOfOrder:
            form.add_error("issued_on", _("A report is issued on or after the day it was signed, not in the future."))
        else:
            messages.success(request, words)
            return redirect("reporting:report", pk=report.pk)
    context = {"form": form, "cancel_url": report_url(report), **page}
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


def base(report: Report, **more: Any) -> dict[str, Any]:
    return {"base": report.newest.number, **more}


@require_http_methods(GET_POST)
@allow(Permission.REPORT_MAKE)
def submit(request: StaffRequest, pk: int) -> HttpResponseBase:
    report = own(request, pk)
    typed = Sheet.opened(report, request).hand_typed
    warning = _("Numbers written by hand, please check them: %(numbers)s.") % {"numbers": ", ".join(typed)}
    return act(
        request, report, BaseForm(request.POST or None, initial=base(report)), report.submit,
        _("Handed in. A second person now reads and signs it."),
        question=_("Hand the report in for signing?"), action=_("Hand in for signing"),
        consequence=warning if typed else _("Until it is signed or returned, its words cannot be changed."),
    )  # fmt: skip


@require_http_methods(GET_POST)
@allow(Permission.REPORT_MAKE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponseBase:
    report = own(request, pk)
    return act(
        request, report, BaseForm(request.POST or None, initial=base(report)), report.withdraw,
        _("Taken back. You can go on writing."),
        question=_("Take the report back?"), action=_("Take it back"),
        consequence=_("It is no longer waiting for a signature, and can be changed again."),
    )  # fmt: skip


@require_http_methods(GET_POST)
@allow(Permission.REPORT_SIGN)
def sign(request: StaffRequest, pk: int) -> HttpResponseBase:
    report = own(request, pk)
    head = Sheet.opened(report, request).picture.issuer.position
    form = SigningForm(request.POST or None, initial=base(report, signed_as=head))
    return act(
        request, report, form, report.sign, _("Signed. It now gets its number and day."),
        question=_("Sign the report of %(office)s?") % {"office": report.area.full_name}, action=_("Sign"),
        consequence=_("You sign exactly the version you have read; somebody else has written it."),
    )  # fmt: skip


@require_http_methods(GET_POST)
@allow(Permission.REPORT_SIGN)
def send_back(request: StaffRequest, pk: int) -> HttpResponseBase:
    report = own(request, pk)
    return act(
        request, report, ReasonedForm(request.POST or None, initial=base(report)), report.return_,
        _("Returned, with your reason."),
        question=_("Return the report to be mended?"), action=_("Return it"), danger=True,
        consequence=_("Its writers see your reason and can change the words again."),
    )  # fmt: skip


@require_http_methods(GET_POST)
@allow(Permission.REPORT_MAKE, Permission.REPORT_SIGN)
def issue(request: StaffRequest, pk: int) -> HttpResponseBase:
    report, today = own(request, pk), request.scope.on
    proposed = base(report, number=ReportIssue.next_number(report.area, today.year), issued_on=today)

    def verb(*, issued_on: Any, **more: Any) -> None:
        report.issue(on=issued_on, today=today, **more)

    return act(
        request, report, IssueForm(request.POST or None, initial=proposed), verb, _("Issued."),
        question=_("Number and issue the report?"), action=_("Issue"),
        consequence=_("The number is unique in your office and year. What is issued is never changed, only corrected."),
    )  # fmt: skip


@require_http_methods(GET_POST)
@allow(Permission.REPORT_SIGN)
def recall(request: StaffRequest, pk: int) -> HttpResponseBase:
    report = own(request, pk)
    return act(
        request, report, ReasonedForm(request.POST or None, initial=base(report)), report.recall,
        _("Recalled. Correct it, then hand it in again."),
        question=_("Recall the report to correct it?"), action=_("Recall it"), danger=True,
        consequence=_("What was issued stays readable and marked; the corrected one gets a number of its own."),
    )  # fmt: skip
