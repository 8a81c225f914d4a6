"""`/registers/NAME`: every register through the API, with the same scope, form and verbs as its pages."""

from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from luytre.accounts.callers import Caller
from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Scope
from luytre.ui.forms import AreaChoiceField
from luytre.ui.kit.arrivals import once
from luytre.ui.records import Record
from luytre.ui.registers import REGISTERS, Register

router = Router(tags=["registers"])
PAGE = 100


class Problem(Schema):
    field: str
    message: str


class RecordOut(Schema):
    id: int
    uid: UUID
    values: dict[str, Any]


class PageOut(Schema):
    name: str
    count: int
    page: int
    records: list[RecordOut]


class RecordIn(Schema):
    """`uid` is made by the caller: the same one sent twice is recorded once."""

    uid: UUID
    values: dict[str, Any]


class NotReadable(Exception):
    """No such register, or not for this caller."""


Answer = Status[Any]


def entered(request: HttpRequest, name: str, *, write: bool = False) -> tuple[Register, User, Scope]:
    caller = request.auth  # type: ignore[attr-defined]
    register = REGISTERS.get(name)
    if register is None or register.names_people or not isinstance(caller, Caller):
        raise NotReadable
    needed: Permission = register.write if write else register.read
    scope = caller.scope(needed, on=timezone.localdate())
    if not scope:
        raise NotReadable
    return register, caller.user, scope


def refused() -> Answer:
    return Status(404, {"field": "name", "message": _("No such register is open to this token.")})


def out(register: Register, record: Record) -> dict[str, Any]:
    names = list(register.form_class().base_fields)
    return {"id": record.pk, "uid": record.uid, "values": {name: plain(record, name) for name in names}}


def plain(record: Record, name: str) -> Any:
    value = getattr(record, name)
    if isinstance(value, models.Manager):
        return [code_of(one) for one in value.all()]
    return code_of(value) if isinstance(value, models.Model) else value


def code_of(one: Any) -> Any:
    """Places and shared lists by their code, other records by their number."""
    return getattr(one, "code", one.pk)


@router.get("/registers/{name}", response={200: PageOut, 404: Problem}, summary="The records of a register")
def records(request: HttpRequest, name: str, page: int = 1, area: str = "", search: str = "") -> Answer:
    """A hundred records a page, newest first, of one's own area; `area` is an official code of today."""
    try:
        register, _caller, scope = entered(request, name)
    except NotReadable:
        return refused()
    rows = register.rows().within(scope).kept().matching(search)
    if area:
        place = Area.objects.within(scope).filter(code=area).first()
        rows = rows.of(place, on=scope.on) if place else rows.none()
    start = max(0, page - 1) * PAGE
    found = [out(register, record) for record in rows.order_by("-pk")[start : start + PAGE]]
    return Status(200, {"name": name, "count": rows.count(), "page": page, "records": found})


@router.get("/registers/{name}/{pk}", response={200: RecordOut, 404: Problem}, summary="One record")
def record(request: HttpRequest, name: str, pk: int) -> Answer:
    try:
        register, _caller, scope = entered(request, name)
    except NotReadable:
        return refused()
    found = register.rows().within(scope).kept().filter(pk=pk).first()
    return Status(200, out(register, found)) if found else refused()


@router.post(
    "/registers/{name}", response={200: RecordOut, 201: RecordOut, 404: Problem, 422: list[Problem]}, summary="Record"
)
def add(request: HttpRequest, name: str, sent: RecordIn) -> Answer:
    """The register's own form reads the values; places are official codes."""
    try:
        register, caller, scope = entered(request, name, write=True)
    except NotReadable:
        return refused()
    with once(sent.uid):
        return recorded(register, sent, by=caller, scope=scope)


def recorded(register: Register, sent: RecordIn, *, by: User, scope: Scope) -> Answer:
    twin = register.rows().within(scope).filter(uid=sent.uid).first()
    if twin:
        return Status(200, out(register, twin))
    form = register.form_class()(answers(register, sent.values), instance=register.model(uid=sent.uid), scope=scope)
    by_code(form)
    if register.model._default_manager.filter(uid=sent.uid).exists():
        return Status(422, [{"field": "uid", "message": _("This number is taken. Make a new one for each record.")}])
    if unknown := sorted(sent.values.keys() - form.fields.keys()):  # never dropped in silence: not kept is said so
        return Status(422, [{"field": name, "message": _("This register has no such field.")} for name in unknown])
    if not form.is_valid():
        return Status(422, [{"field": name, "message": str(said[0])} for name, said in form.errors.items()])
    return Status(201, out(register, form.add(by=by)))


def answers(register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """What is not sent has its usual value, as in an empty form."""
    usual = {
        name: field.initial() if callable(field.initial) else field.initial
        for name, field in register.form_class().base_fields.items()
        if field.initial is not None
    }
    return usual | {name: value for name, value in values.items() if value is not None}


def by_code(form: Any) -> None:
    """Machines send codes where people pick from lists."""
    for field in form.fields.values():
        if isinstance(field, AreaChoiceField):
            field.widget = field.hidden_widget()
        elif hasattr(field, "queryset") and any(one.name == "code" for one in field.queryset.model._meta.fields):
            field.to_field_name = "code"
