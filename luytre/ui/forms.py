"""Forms that keep people inside their scope: no choice lies outside it, so nothing can be posted into it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import KIND_VI, Area, Level, Scope, ScopedQuerySet
from luytre.common.text import clean, fold
from luytre.ui.records import Record

M = TypeVar("M", bound=Record)
FEW = 60  # so many choices fit a list on a phone; more are typed and found


class AreaChoiceField(forms.ModelChoiceField[Area]):
    """An area, picked from a short list, or typed as its code or its name."""

    known: Mapping[str, list[Area]] | None = None

    @property
    def places(self) -> models.QuerySet[Area]:
        return Area.objects.none() if self.queryset is None else self.queryset

    def label_from_instance(self, obj: Area) -> str:
        return area_label(obj)

    def to_python(self, value: Any) -> Area | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Area):
            return value
        found = self.candidates(clean(str(value)))
        if len(found) == 1:
            return found[0]
        if found:
            several = "; ".join(area_label(area) for area in found[:4])
            raise ValidationError(
                _("Several places are called “%(typed)s”: %(several)s. Write the code instead."),
                code="ambiguous",
                params={"typed": value, "several": several},
            )
        self.refuse_ended(clean(str(value)))
        raise ValidationError(
            _("“%(typed)s” is no place in your area. Write its code or its name as in the list of areas."),
            code="invalid_choice",
            params={"typed": value},
        )

    def refuse_ended(self, typed: str) -> None:
        """A place that is no more is named with its last day and with what took it over."""
        code = typed.rsplit("(", 1)[-1].rstrip(")").strip()
        ended = Area.objects.filter(code=code).exclude(valid_to=None).order_by("-valid_to").first()
        if ended is None or Area.objects.filter(code=code, valid_to=None).exists():
            return
        heir = ended.successions.filter(is_main=True).select_related("after").first()
        words = {"place": ended.full_name, "day": ended.valid_to.strftime("%d/%m/%Y") if ended.valid_to else ""}
        if heir is None:
            raise ValidationError(_("%(place)s ended on %(day)s."), code="ended", params=words)
        raise ValidationError(
            _("%(place)s ended on %(day)s and became %(heir)s. Write that one."),
            code="ended",
            params={**words, "heir": area_label(heir.after)},
        )

    def candidates(self, typed: str) -> list[Area]:
        code = typed.rsplit("(", 1)[-1].rstrip(")").strip()
        if self.known is not None:
            return self.known.get(typed) or self.known.get(code) or self.known.get(fold(typed)) or []
        rows = self.places.select_related("parent")
        if isinstance(self.widget, forms.Select) and typed.isdigit() and not typed.startswith("0"):
            return list(rows.filter(pk=typed))  # a list sends keys; typed digits are a code
        names = [fold(typed), *(fold(f"{kind} {typed}") for kind in KIND_VI.values())]  # with its kind or without
        return list(rows.filter(code__in=[typed, code])[:5]) or list(rows.filter(folded__in=names)[:5])

    def prepare_value(self, value: Any) -> Any:
        if isinstance(self.widget, forms.Select) or value in self.empty_values:
            return super().prepare_value(value)
        if isinstance(value, int):
            value = self.places.filter(pk=value).first() or value
        return area_label(value) if isinstance(value, Area) else value


def area_label(area: Area) -> str:
    """With what it lies in and its code, so that two places of one name are told apart."""
    above = f", {area.parent.full_name}" if area.parent and area.level == Level.RESIDENTIAL else ""
    return f"{area.full_name}{above} ({area.code})"


class AreaInput(forms.TextInput):
    """A text field with suggestions: works by keyboard, without JavaScript, with thousands of areas."""

    template_name = "ui/widgets/area_input.html"

    def __init__(self, suggestions: Iterable[Area]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        identifier = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        context["widget"]["attrs"]["list"] = identifier
        context["suggestions"] = [area_label(area) for area in self.suggestions]
        context["suggestions_id"] = identifier
        return context


class AreasChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several areas, typed as codes or names and parted by ";": a country has too many to list them all."""

    widget = forms.TextInput

    def clean(self, value: Any) -> Any:
        """The areas, in the order they were typed; raises ValidationError for a name that is none."""
        words = [word for word in re.split(r"[;\n]", str(value or "")) if word.strip()]
        if self.required and not words:
            raise ValidationError(self.error_messages["required"], code="required")
        return list(dict.fromkeys(area for word in words if (area := self.one_of(word))))

    def one_of(self, typed: str) -> Area | None:
        one = AreaChoiceField(queryset=self.queryset, required=False, widget=forms.TextInput)
        return one.to_python(typed)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value in self.empty_values:
            return value
        keys = [area.pk if isinstance(area, Area) else area for area in value]
        rows = Area.objects.filter(pk__in=keys).select_related("parent").order_by("path")
        return "; ".join(area_label(area) for area in rows)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            typed = {area.pk for area in self.clean(data)}
        except ValidationError:
            return True
        return typed != {area.pk if isinstance(area, Area) else area for area in initial or ()}


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """A long list of boxes: the first few at once, the rest behind one tap; what is ticked is always seen."""

    template_name = "ui/widgets/folded_checkboxes.html"
    first = 6

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _group, some, _index in context["widget"]["optgroups"] for option in some]
        ticked = [option for option in options[self.first :] if option["selected"]]
        context["shown"] = options[: self.first] + ticked
        context["folded"] = [option for option in options[self.first :] if not option["selected"]]
        return context


class ScopedForm(forms.ModelForm[M]):
    """A form whose every choice of area or record is cut to the writer's scope."""

    area_levels: tuple[str, ...] = (Level.COMMUNE, Level.RESIDENTIAL)
    anywhere: tuple[str, ...] = ()  # fields that may name a place outside, such as a cluster's partners
    more: tuple[str, ...] = ()  # fields that most people leave as they are: shown below, folded up

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        self.scope = scope
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self.cut(name, field)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def cut(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        rows = field.queryset
        if rows is None:
            return
        if rows.model is Area:
            self.cut_areas(name, field)
        elif isinstance(rows, ScopedQuerySet):
            field.queryset = rows.within(self.scope)
            if issubclass(rows.model, Record):
                field.queryset = field.queryset.filter(removed_at=None).order_by("sort_key")

    def cut_areas(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        everywhere = Area.objects.on(self.scope.on)
        rows = everywhere if name in self.anywhere else everywhere.within(self.scope)
        kept: int | None = getattr(
            self.instance, f"{name}_id", None
        )  # a record of before a merger keeps the area of its day
        fitting = rows.filter(level__in=self.area_levels) | Area.objects.filter(pk=kept or 0)
        field.queryset = fitting.select_related("parent").order_by("path")
        if isinstance(field, AreasChoiceField):
            near = field.queryset.within(self.scope) if field.queryset[FEW : FEW + 1].count() else field.queryset
            field.widget = AreaInput(near.order_by("path")[:400])  # type: ignore[assignment]
        elif isinstance(field, AreaChoiceField) and field.queryset[FEW : FEW + 1].count():
            field.widget = AreaInput(field.queryset.order_by("path")[:400])
        elif isinstance(field, AreaChoiceField) and field.queryset.count() == 1:
            self.initial.setdefault(name, None)
            self.initial[name] = self.initial[name] or field.queryset.get().pk

    def main_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.more]

    def more_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name in self.more]

    @property
    def is_more_open(self) -> bool:
        """Unfolded where something stands in it or is wrong with it."""
        said = [bound for bound in self.more_fields() if bound.errors]
        return bool(said) or bool(self.instance.pk)

    @transaction.atomic
    def add(self, *, by: User) -> M:
        """Record what the form says: the row, its many-to-many choices and the trail together."""
        record = self.save(commit=False)
        record.add(by=by)
        self.save_m2m()
        self.follow(record, by=by)
        return record

    def follow(self, record: M, *, by: User) -> None:
        """Rows beside a new record that are written with it, also when it comes from a workbook."""

    @transaction.atomic
    def correct(self, *, by: User) -> M:
        record = self.save(commit=False)
        if self.has_changed():
            record.correct(by=by, fields=self.changed_data)
            self.save_m2m()
        return record

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and isinstance(cleaned.get(name), str):
                cleaned[name] = clean(cleaned[name]) if not isinstance(field.widget, forms.Textarea) else cleaned[name]
        return cleaned


class ReasonForm(forms.Form):
    """Why: every taking out carries a written reason (rights rule R20)."""

    reason = forms.CharField(label=_("Reason"), max_length=300, min_length=5, help_text=_("one sentence is enough"))
