"""A register is one declaration: pages, menu, export, import, API and tests follow from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import ModelForm, modelform_factory
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.ui import navigation
from luytre.ui.forms import AreaChoiceField, ScopedForm
from luytre.ui.records import Record

Words = str | Promise


@dataclass(frozen=True)
class Action:
    """A verb of the record beyond the kit's own, shown on its page."""

    label: Words
    url_name: str
    when: Callable[[Any], bool] = lambda record: True
    needs: Permission | None = None  # instead of the register's own permission to write


@dataclass(frozen=True)
class Register:
    """What the kit must know of a register; words come from the model."""

    name: str
    app: str
    model: type[Record]
    columns: Sequence[str]
    read: Permission
    write: Permission
    add_label: Words
    about: Words
    related: Sequence[str] = ("area",)
    filters: Sequence[str] = ()
    dated: str = ""
    order: str = ""
    form: type[ModelForm[Any]] | None = None
    fields: Sequence[str] = ()
    actions: Sequence[Action] = ()
    facts: Sequence[tuple[Words, str]] = ()  # label and attribute, or method of a day, beyond the fields
    icon: str = "book"
    menu_order: int = 50
    offline: bool = False  # its form works without network, and waits in the phone until there is one
    photos: bool = False  # of places and things; who may read the record sees them
    notes: dict[str, Words] = field(default_factory=dict)
    links: Sequence[tuple[Words, str]] = ()  # label and URL name of pages that belong to the register
    write_links: Sequence[tuple[Words, str]] = ()  # the same, for who may write in it
    sheet: Callable[[Any, Any], str] | None = None  # of context and record: shown below its facts
    names_people: str = ""  # the purpose for which names are read; then each reading is written down, nothing exported
    sealed: Sequence[str] = ()  # fields that are written and not shown: another act shows them

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def one(self) -> str:
        return str(self.model._meta.verbose_name)

    def rows(self) -> Any:
        return self.model._default_manager.select_related(*self.related)

    def form_class(self) -> type[Any]:
        """The register's own form, or one made of its fields; areas are always picked by AreaChoiceField."""
        base = self.form or ScopedForm
        names = self.fields or getattr(getattr(base, "Meta", None), "fields", ())
        return modelform_factory(self.model, form=base, fields=list(names), formfield_callback=form_field)

    def url(self, page: str = "list", **kwargs: Any) -> str:
        return reverse(f"{self.app}:{self.name}-{page}", kwargs=kwargs)

    def __getattr__(self, name: str) -> str:
        """`register.edit_url_name` in a template: the URL name of one of its pages."""
        if not name.endswith("_url_name"):
            raise AttributeError(name)
        page = name.removesuffix("_url_name").replace("_", "-")
        return f"{self.app}:{self.name}-{page}"

    def heading(self, column: str) -> str:
        """The words over a column: the field's own name."""
        try:
            return str(self.model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
        except FieldDoesNotExist:  # a question of the form that another table answers
            asked = self.form_class().base_fields.get(column)
            return str(asked.label) if asked else column

    def is_number(self, column: str) -> bool:
        return isinstance(self.model._meta.get_field(column), models.IntegerField)


REGISTERS: dict[str, Register] = {}


def add(register: Register) -> Register:
    REGISTERS[register.name] = register
    navigation.add(
        navigation.Entry(
            label=register.model._meta.verbose_name_plural or register.name,
            url_name=f"{register.app}:{register.name}-list",
            icon=register.icon,
            permissions=(register.read,),
            order=register.menu_order,
            group=_("Registers"),
        )
    )
    if register.offline:
        navigation.open_to(register.write, url_name="offline")
    return register


def discover(package: str) -> None:
    """Import every file of an app's `registers`: a register is declared by being there."""
    found = import_module(package)
    for one in iter_modules(found.__path__):
        import_module(f"{package}.{one.name}")


def of_app(app: str) -> Iterable[Register]:
    return [register for register in REGISTERS.values() if register.app == app]


def of_model(model: type[models.Model]) -> Register | None:
    return next((register for register in REGISTERS.values() if register.model is model), None)


def form_field(db_field: Any, **kwargs: Any) -> Any:
    """Areas are typed or picked; the rest as Django has it."""
    if isinstance(db_field, models.ForeignKey) and db_field.related_model is Area:
        return db_field.formfield(form_class=AreaChoiceField, **kwargs)
    return db_field.formfield(**kwargs)


def shown(record: Any, column: str) -> str:
    """A column's value as people read it, with its qualifier where the field has one."""
    if hasattr(record, f"get_{column}_display"):
        return str(getattr(record, f"get_{column}_display")())
    value = getattr(record, column)
    if isinstance(value, models.Manager):
        return "; ".join(str(one) for one in value.all())
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, int):
        stem = column.removesuffix("_count")
        return format_number(value, getattr(record, f"{stem}_qualifier", Qualifier.EXACT))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if hasattr(value, "strftime"):
        return str(value.strftime("%d/%m/%Y"))
    return str(value)


def may_write(request: HttpRequest, register: Register, record: Record, scope: Any) -> bool:
    """Whether the record's area stands in the writer's scope."""
    return bool(scope) and register.rows().filter(pk=record.pk).within(scope).exists()
