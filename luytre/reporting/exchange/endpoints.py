"""`/dataValueSets`: figures out to DHIS2, and numbers from it into returns."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from luytre.accounts.callers import Caller
from luytre.accounts.permissions import Permission
from luytre.common.periods import Calendar
from luytre.reporting.exchange import asking, dhis2
from luytre.reporting.exchange.answers import ANSWERS, Problem, explained, found
from luytre.reporting.exchange.importing import Conflict, Import, Summary, Value
from luytre.reporting.exchange.tables import Page
from luytre.reporting.questions import OutOfSight, Unclear

router = Router(tags=["DHIS2"])
MOST_VALUES = 50_000


class SetQuery(Schema):
    element: str = Field("", alias="dataElement", description="codes of statistics, separated by commas")
    unit: str = Field("", alias="orgUnit", description="official codes of places, separated by commas")
    below: Literal["", "province", "commune", "residential"] = Field(
        "", description="instead of the places themselves, all places of this level inside them"
    )
    period: str = Field("", description="202611, 2026Q3, 2026S1, 2026, separated by commas", examples=["202601"])
    calendar: Calendar = Field(Calendar.ADMINISTRATIVE, description="whose months the periods are")
    page: int = Field(1, ge=1)
    page_size: int = Field(500, ge=1, le=asking.MOST_PLACES, description="places on a page")


class HowQuery(Schema):
    is_trial: bool = Field(False, alias="dryRun", description="check only, write nothing")
    calendar: Calendar = Field(Calendar.ADMINISTRATIVE, description="whose months the periods are")


class ValueIn(Schema):
    element: str = Field(alias="dataElement", max_length=60, examples=["plans_issued"])
    unit: str = Field("", alias="orgUnit", max_length=20, examples=["03325"])
    period: str = Field("", max_length=10, examples=["202610"])
    value: str | int | float = Field("", examples=["12"])
    comment: str = Field("", max_length=300)


class SetIn(Schema):
    """Unit and period of the set hold for values that name none."""

    form: str = Field("", alias="dataSet", description="code of a form; otherwise the one that asks for the number")
    unit: str = Field("", alias="orgUnit")
    period: str = ""
    comment: str = Field("", max_length=300, description="explains what the checks of the returns ask about")
    values: list[ValueIn] = Field(alias="dataValues", max_length=MOST_VALUES)


class ValueOut(Schema):
    element: str = Field(alias="dataElement")
    period: str
    unit: str = Field(alias="orgUnit")
    categoryOptionCombo: str
    attributeOptionCombo: str
    value: str
    followup: bool
    comment: str | None = None


class SetOut(Schema):
    values: list[ValueOut] = Field(alias="dataValues")


class ImportOut(Schema):
    httpStatus: str
    httpStatusCode: int
    status: str
    message: str
    response: dict[str, Any]


@router.get(
    "/dataValueSets",
    response={200: SetOut, **ANSWERS},
    by_alias=True,
    exclude_none=True,
    summary="Figures as DHIS2 reads them",
    description="A data value set: statistics as data elements, places as organisation units, both by code.",
)
def data_values(request: HttpRequest, asked: Query[SetQuery]) -> Any:
    try:
        periods = [dhis2.name_of(one, asked.calendar) for one in asking.listed(asked.period)]
        if not periods:
            raise Unclear("period", _("Say which periods, such as 202611."))
        typed = {"area": asked.unit, "indicator": asked.element, "period": ",".join(periods), "territory": ""}
        page = found(request, {**asked.model_dump(include={"below", "page", "page_size"}), **typed})
        return Status(200, dhis2.data_values(page.rows)) if isinstance(page, Page) else page
    except (Unclear, OutOfSight) as problem:
        return explained(problem)


@router.post(
    "/dataValueSets",
    response={200: ImportOut, 403: Problem, 409: ImportOut, 422: Problem},
    summary="Numbers from DHIS2 into returns",
    description="Each return is sent whole or not at all, through the same checks as its page; sending the same set "
    "again changes nothing. With dryRun nothing is written. 409: some values were not taken; each is named with why.",
)
def take(
    request: HttpRequest,
    sent: SetIn,
    how: Query[HowQuery],
) -> Status[Any]:
    caller = request.auth  # type: ignore[attr-defined]
    scope = caller.scope(Permission.RETURN_WRITE, on=timezone.localdate()) if isinstance(caller, Caller) else None
    if not scope:
        return Status(403, {"field": "Authorization", "message": _("This token may not send returns.")})
    coming = Import(
        caller.user,
        timezone.now(),
        scope,
        how.calendar,
        form_code=sent.form,
        comment=sent.comment,
        is_trial=how.is_trial,
    )
    return told(coming.take(values(sent)), is_trial=how.is_trial)


def values(sent: SetIn) -> list[Value]:
    return [
        Value(index, one.element, one.unit or sent.unit, one.period or sent.period, str(one.value), one.comment)
        for index, one in enumerate(sent.values)
    ]


def told(done: Summary, *, is_trial: bool) -> Status[Any]:
    """In the form of DHIS2's import summary."""
    is_whole = not done.conflicts
    status, code = ("OK", 200) if is_whole else ("WARNING", 409)
    words = _("Import was successful.") if is_whole else _("Some values were not taken; see the conflicts.")
    counts = {"imported": done.imported, "updated": done.updated, "deleted": 0}
    response = {
        "responseType": "ImportSummary",
        "status": "SUCCESS" if is_whole else "WARNING",
        "importOptions": {"dryRun": is_trial, "orgUnitIdScheme": "CODE", "dataElementIdScheme": "CODE"},
        "importCount": {**counts, "ignored": done.unchanged + len(done.rejected)},
        "conflicts": [conflict(one) for one in done.conflicts],
        "rejectedIndexes": sorted(done.rejected),
    }
    name = "OK" if is_whole else "Conflict"
    return Status(
        code, {"httpStatus": name, "httpStatusCode": code, "status": status, "message": words, "response": response}
    )


def conflict(one: Conflict) -> dict[str, Any]:
    value = one.value
    names = {"dataElement": value.code, "orgUnit": value.unit, "period": value.period}
    return {
        "object": f"{value.code} {value.unit} {value.period}",
        "objects": names,
        "property": one.field,
        "sent": value.text,
        "value": one.reason,
        "indexes": [value.index],
    }
