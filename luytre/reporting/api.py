"""Figures and the catalogue for programs: the same questions and the same answers as the command and the pages."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from luytre.accounts.callers import Caller
from luytre.areas.models import Area, Level
from luytre.reporting import catalogue, plain, public, questions
from luytre.reporting.exchange import asking, catalogue_rows, endpoints, rows, sdmx
from luytre.reporting.exchange.answers import (
    ANSWERS,
    JSON,
    csv_answer,
    explained,
    figure_scope,
    found,
    json_answer,
    may_not,
    not_released,
)
from luytre.reporting.exchange.tables import Page
from luytre.reporting.questions import OutOfSight, Unclear

router = Router(tags=["figures"])
router.add_router("", endpoints.router)
Form = Literal["json", "csv", "sdmx"]
KINDS: dict[str, Form] = {
    "application/json": "json",
    "text/csv": "csv",
    "application/vnd.sdmx.data+json": "sdmx",
    "application/vnd.sdmx.structure+json": "sdmx",
}


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


class RowOut(Schema):
    area: str
    area_name: str
    level: str
    indicator: str
    indicator_name: str
    unit: str
    period: str
    first_day: str = Field(alias="from")
    last_day: str = Field(alias="to")
    territory: str
    value: int | float | None
    qualifier: str
    is_estimate: bool
    is_hidden: bool


class TableOut(Schema):
    count: int = Field(description="places on all pages")
    page: int
    page_size: int
    next: str | None = Field(None, description="address of the next page")
    figures: list[RowOut]


class Days(Schema):
    first_day: str = Field("", alias="from", description="first day, such as 2022-01-01", examples=["2025-12-15"])
    last_day: str = Field("", alias="to", description="last day, included", examples=["2026-01-14"])
    territory: str = Field("", description="territory as of this day; otherwise as of the last day")


class FigureQuery(Days):
    area: str = Field("", description="official code as of the territory day; 0 is the nation", examples=["11"])
    indicator: str = Field(
        "", description="code of the catalogue, such as outreach_sessions", examples=["outreach_sessions"]
    )
    period: str = Field(
        "", description="instead of the days: 2026-11, 2026-Q3, 2026-H1, 2026; a final c: calendar months"
    )


class FormQuery(Schema):
    form: Form | None = Field(None, alias="format", description="otherwise by the header Accept; json by itself")
    bom: bool = Field(False, description="CSV only: begin with the mark by which Excel knows UTF-8")


class Pages(Schema):
    page: int = Field(1, ge=1, description="the first page is 1")
    page_size: int | None = Field(
        None, ge=1, le=asking.MOST_PLACES, description="places on a page; else 500, or as many as fit"
    )


class TableQuery(Days, Pages, FormQuery):
    area: str = Field("", description="official codes, separated by commas", examples=["11,12"])
    below: Literal["", "province", "commune", "residential"] = Field(
        "", description="instead of the places themselves, all places of this level inside them", examples=["commune"]
    )
    indicator: str = Field(
        "", description="codes, separated by commas", examples=["outreach_sessions,outreach_attendances"]
    )
    period: str = Field("", description="periods, separated by commas", examples=["2026-01,2026-02,2026-Q1"])


@router.get(
    "/figures",
    response={200: FigureOut, **ANSWERS},
    by_alias=True,
    summary="One figure with its parts",
    description="One figure of one place and window, with its parts by the places right below.",
)
def figures(request: HttpRequest, asked: Query[FigureQuery]) -> Status[Any]:
    caller: Any = request.auth  # type: ignore[attr-defined]
    typed = asked.model_dump(by_alias=True)
    try:
        return for_staff(caller, typed) if isinstance(caller, Caller) else for_anybody(typed)
    except (Unclear, OutOfSight) as problem:
        return explained(problem)


def for_staff(caller: Caller, typed: dict[str, str]) -> Status[Any]:
    scope = figure_scope(caller)
    if not scope:
        return may_not()
    definition = questions.definition(typed["indicator"])
    reading = questions.ask(typed, scope=scope).reading()
    figure = reading.figure(definition.code)
    return Status(200, plain.figure(figure, reading.parts(figure)))


def for_anybody(typed: dict[str, str]) -> Status[Any]:
    window, definition = questions.window(typed), questions.known(typed["indicator"])
    found = public.figure(area=typed["area"].strip(), indicator=definition.code, window=window)
    is_same_territory = typed["territory"] in ("", plain.iso(window.last_day))
    return Status(200, found) if found and is_same_territory else not_released()


@router.get(
    "/figures/table",
    response={200: TableOut, **ANSWERS},
    by_alias=True,
    summary="Many figures: places × statistics × windows",
    description="Up to 50,000 figures a page, as JSON, CSV (RFC 4180) or an SDMX-JSON 2.0 data message.",
)
def table(request: HttpRequest, asked: Query[TableQuery]) -> Any:
    typed = asked.model_dump(by_alias=True)
    try:
        page = found(request, typed)
    except (Unclear, OutOfSight) as problem:
        return explained(problem)
    if not isinstance(page, Page):
        return page
    form = asked.form or accepted(request)
    return told(request, page, form, bom=asked.bom)


def accepted(request: HttpRequest) -> Form:
    """The one of our forms that the header Accept likes best; a version behind its name is no other form."""
    for kind in request.accepted_types_by_precedence:
        for name, form in KINDS.items():
            if kind.match(name) or f"{kind.main_type}/{kind.sub_type}" == name:
                return form
    return "json"


def told(request: HttpRequest, page: Page, form: Form, *, bom: bool) -> Any:
    after = next_page(request, page)
    if form == "json":
        body = {"count": page.count, "page": page.page, "page_size": page.page_size, "next": after}
        return json_answer({**body, "figures": rows.plain_rows(page.rows)}, JSON)
    if form == "csv":
        response = csv_answer(rows.as_csv(rows.COLUMNS, rows.plain_rows(page.rows), bom=bom), "figures")
    else:
        response = json_answer(sdmx.data_message(page.rows), sdmx.DATA_TYPE)
    if after:
        response["Link"] = f'<{after}>; rel="next"'
    return response


def next_page(request: HttpRequest, page: Page) -> str | None:
    if not page.has_next:
        return None
    query = request.GET.copy()
    query["page"] = str(page.page + 1)
    return f"{request.path}?{query.urlencode()}"


class IndicatorOut(Schema):
    code: str
    group: str
    name: str
    unit: str
    behaviour: str
    area_rule: str
    numerator: str
    denominator: str
    collected_at: str
    period: str
    nature: str
    is_target_allowed: bool
    is_public: bool
    has_figures: bool = Field(description="registers or returns yield it today")
    definition: str
    source: str


@router.get(
    "/catalogue",
    response={200: list[IndicatorOut]},
    summary="The catalogue of statistics",
    description="Every statistic with what it counts, as JSON, CSV or the codelists of an SDMX-JSON 2.0 structure.",
)
def catalogue_(request: HttpRequest, form: Query[FormQuery]) -> Any:
    chosen = form.form or accepted(request)
    if chosen == "csv":
        return csv_answer(rows.as_csv(catalogue_rows.COLUMNS, catalogue_rows.rows(), bom=form.bom), "catalogue")
    if chosen == "sdmx":
        return json_answer(structure(), sdmx.STRUCTURE_TYPE)
    return Status(200, catalogue_rows.rows())


def structure() -> dict[str, Any]:
    """Places down to the commune: whatever is finer is no public matter."""
    today = timezone.localdate()
    levels = [Level.NATION, Level.PROVINCE, Level.COMMUNE]
    places = Area.objects.on(today).filter(level__in=levels).order_by("path")
    return sdmx.structure_message(catalogue.definitions().values(), places, on=today)
