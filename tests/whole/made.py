"""Records of registers that nobody has told this walk about, made through their own forms."""

from datetime import date
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import factory
from django import forms
from django.utils import timezone

from luytre.areas.models import Area, Scope
from luytre.ui.forms import AreaChoiceField
from luytre.ui.records import Record
from luytre.ui.registers import REGISTERS, Register
from tests.factories import user
from tests.whole.registers import Known

TESTS = Path(__file__).resolve().parents[1]
numbers = count(1)


@cache
def factories() -> dict[Any, Any]:
    """Every factory of the tests by its model."""
    found = {}
    for path in sorted(TESTS.glob("*/factories.py")):
        module = import_module(f"tests.{path.parent.name}.factories")
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, factory.django.DjangoModelFactory) and one._meta.model:
                found.setdefault(one._meta.model, one)
    return found


def scope_of(area: Area) -> Scope:
    return Scope((area.path,), timezone.localdate())


def answers(register: Register, area: Area) -> dict[str, Any]:
    """What somebody could write into each field that asks."""
    form = register.form_class()(scope=scope_of(area))
    return {name: answer(name, one, area) for name, one in form.fields.items() if one.required or one.initial}


def answer(name: str, one: forms.Field, area: Area) -> Any:
    if isinstance(one, AreaChoiceField):
        return area.pk
    if isinstance(one, forms.ModelChoiceField):
        row = one.queryset.first() or factories()[one.queryset.model]()
        return [row.pk] if isinstance(one, forms.ModelMultipleChoiceField) else row.pk
    if isinstance(one, forms.ChoiceField):
        return next(code for code, _label in one.choices if code != "")
    if isinstance(one, forms.DateField):
        return str(date(2026, 3, 1))
    if isinstance(one, forms.IntegerField | forms.DecimalField):
        return max(1, one.min_value or 0)
    if isinstance(one, forms.BooleanField):
        return "on"
    return f"Bản ghi thử {next(numbers)}"


def made(register: Register, area: Area) -> Record:
    form = register.form_class()(answers(register, area), scope=scope_of(area))
    assert form.is_valid(), form.errors
    return form.add(by=user())


class Walk(dict[str, Known]):
    """The registers that were told of, and all others as their forms make them."""

    def __missing__(self, name: str) -> Known:
        register = REGISTERS[name]
        return Known(lambda area: made(register, area), lambda area: answers(register, area))
