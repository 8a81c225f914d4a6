"""`GET /figures`: the same question and the same answer as the command and the pages."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.reporting import plain, public, questions
from luytre.reporting.questions import OutOfSight, Unclear

router = Router(tags=["figures"])


class PartOut(Schema):
    area: str
    name: str
    value: int | float | None
    qualifier: str
    is_estimate: bool = False
    is_own: bool = Field(False, description="what stands right at the place itself")
    is_hidden: bool = Field(False, description="too small to be public, or would give such a number away")


class FigureOut(Schema):
    area: str
    name: str
    indicator: str
    first_day: str = Field(alias="from")
    last_day: str = Field(alias="to")
    territory: str
    value: int | float | None
    qualifier: str
    is_estimate: bool = False
    is_hidden: bool = False
    unit: str
    parts: list[PartOut]


class Problem(Schema):
    field: str
    message: str


class FigureQuery(Schema):
    area: str = Field("", description="official code as of the territory day; 0 is the nation")
    indicator: str = Field("", description="code of the catalogue, such as outreach_sessions")
    first_day: str = Field("", alias="from", description="first day, such as 2022-01-01")
    last_day: str = Field("", alias="to", description="last day, included")
    period: str = Field(
        "", description="instead of the days: 2026-11, 2026-Q3, 2026-H1, 2026; a final c: calendar months"
    )
    territory: str = Field("", description="territory as of this day; otherwise as of the last day")


@router.get(
    "/figures",
    response={200: FigureOut, 403: Problem, 404: Problem, 422: Problem},
    by_alias=True,
    summary="One figure with its parts",
    description="One figure of one place and window, with its parts by the places right below.",
)
def figures(request: HttpRequest, asked: Query[FigureQuery]) -> Status[Any]:
    caller: Any = request.auth  # type: ignore[attr-defined]
    typed = asked.model_dump(by_alias=True)
    try:
        return for_staff(caller, typed) if isinstance(caller, User) else for_anybody(typed)
    except Unclear as problem:
        return Status(422, {"field": problem.field, "message": problem.words})
    except OutOfSight:
        return Status(404, {"field": "area", "message": _("No such place is in your area.")})


def for_staff(user: User, typed: dict[str, str]) -> Status[Any]:
    scope = user.scope(Permission.FIGURE_READ, on=timezone.localdate())
    if not scope:
        return Status(403, {"field": "Authorization", "message": _("This account may not read figures.")})
    definition = questions.definition(typed["indicator"])
    reading = questions.ask(typed, scope=scope).reading()
    figure = reading.figure(definition.code)
    return Status(200, plain.figure(figure, reading.parts(figure)))


def for_anybody(typed: dict[str, str]) -> Status[Any]:
    window, definition = questions.window(typed), questions.known(typed["indicator"])
    found = public.figure(area=typed["area"].strip(), indicator=definition.code, window=window)
    is_same_territory = typed["territory"] in ("", plain.iso(window.last_day))
    if found is None or not is_same_territory:
        words = _("This figure has not been released to the public. With a token of an account more can be read.")
        return Status(404, {"field": "area", "message": words})
    return Status(200, found)
