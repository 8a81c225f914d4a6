"""What endpoints share: how a problem is told, who may read figures, and the forms of an answer."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema, Status

from luytre.accounts.callers import Caller
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.reporting.exchange import asking, released, tables
from luytre.reporting.exchange.tables import Page
from luytre.reporting.questions import OutOfSight, Unclear

CSV = "text/csv; charset=utf-8"
JSON = "application/json; charset=utf-8"


class Problem(Schema):
    field: str
    message: str


ANSWERS: dict[Any, Any] = {403: Problem, 404: Problem, 422: Problem}


def explained(problem: Unclear | OutOfSight) -> Status[Any]:
    if isinstance(problem, Unclear):
        return Status(422, {"field": problem.field, "message": problem.words})
    return Status(404, {"field": "area", "message": _("No such place is in your area.")})


def figure_scope(caller: Caller) -> Scope:
    return caller.scope(Permission.FIGURE_READ, on=timezone.localdate())


def may_not() -> Status[Any]:
    return Status(403, {"field": "Authorization", "message": _("This account may not read figures.")})


def not_released() -> Status[Any]:
    words = _("This figure has not been released to the public. With a token of an account more can be read.")
    return Status(404, {"field": "area", "message": words})


def found(request: HttpRequest, typed: dict[str, Any]) -> Page | Status[Any]:
    """A page of figures for whoever calls, or why there is none."""
    caller = request.auth  # type: ignore[attr-defined]
    if not isinstance(caller, Caller):
        public_page = released.page(asking.read(typed, scope=None))
        return public_page if public_page.count and not typed["territory"] else not_released()
    scope = figure_scope(caller)
    return tables.page(asking.read(typed, scope=scope)) if scope else may_not()


def csv_answer(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(content, content_type=CSV, headers=headers)


def json_answer(content: Any, kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type=kind)
