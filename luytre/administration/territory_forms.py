"""Forms of one change of the territory: each gives the lines that say what becomes of which place."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from luytre.administration.forms import day_field
from luytre.areas.models import Area, ChangeKind, ChangeLine, Kind, Level, Scope, Succession, TerritoryChange
from luytre.areas.models.changes import LEVEL_OF, ChangeState
from luytre.common.text import clean
from luytre.ui.forms import AreaChoiceField, AreaInput

KINDS = [("", _("choose")), *[(one.value, one.label) for one in Kind if LEVEL_OF[one] not in ("nation", "district")]]
SAME_KIND = [("", _("as before")), *KINDS[1:]]
HIGHER = (Level.PROVINCE, Level.COMMUNE)
PARTS = 4
BELOW = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.RESIDENTIAL)


def changeable(scope: Scope) -> Any:
    """The places a person may change: the nation's desk all, a province's desk its residential areas."""
    levels = (*HIGHER, Level.RESIDENTIAL) if scope.is_national else (Level.RESIDENTIAL,)
    return Area.objects.within(scope).filter(level__in=levels, valid_to=None).select_related("parent")


def holders(scope: Scope) -> Any:
    """The places that may hold others."""
    levels = HIGHER if scope.is_national else (Level.COMMUNE,)
    return Area.objects.within(scope).filter(level__in=levels, valid_to=None).select_related("parent")


class PlaceField(AreaChoiceField):
    """A place by its code or its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Area.objects.none(), widget=AreaInput([]), **kwargs)


class PlacesField(forms.CharField):
    """Several places, one a line, each by its code or its name."""

    queryset = Area.objects.none()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 4}), **kwargs)

    def to_python(self, value: Any) -> Any:
        one = AreaChoiceField(queryset=self.queryset)
        found = [one.clean(typed) for typed in map(clean, (value or "").splitlines()) if typed]
        if len(set(found)) < len(found):
            raise ValidationError(_("One place is written twice."), code="twice")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(clean(data or ""))


class ChangeForm(forms.ModelForm[TerritoryChange]):
    """The legal document and its day; each kind of change adds what it must know."""

    kind: ClassVar[str]
    about: ClassVar[Any]
    on = day_field(_("In force from"), help_text=_("the day in the legal document; it may lie in the past or to come"))

    class Meta:
        model = TerritoryChange
        fields = ["on", "legal_basis", "note"]

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        for name, field in self.fields.items():
            if isinstance(field, PlaceField | PlacesField):
                field.queryset = holders(scope) if name == "parent" else changeable(scope)
        self.order_fields([name for name in self.fields if name not in self.Meta.fields] + self.Meta.fields)

    def change(self) -> TerritoryChange:
        change: TerritoryChange = self.instance
        change.kind = self.kind
        return change

    def lines(self) -> list[ChangeLine]:
        """Numbered from one, as in a list."""
        made = self.said(self.cleaned_data)
        for number, line in enumerate(made, start=1):
            line.number = number
        return made

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        raise NotImplementedError


class MergeForm(ChangeForm):
    kind, about = ChangeKind.MERGE, _("Several places become one, or one takes others in.")
    places = PlacesField(
        label=_("Places that are merged"),
        help_text=_("one in each line: its code, or its name when it is the only one"),
    )
    code = forms.CharField(
        label=_("Code from then on"),
        max_length=12,
        help_text=_("of one of them, of a place that takes them in and stays, or a new one"),
    )
    name = forms.CharField(label=_("Name from then on"), max_length=120, required=False, help_text=_("empty: stays"))
    new_kind = forms.ChoiceField(label=_("Kind from then on"), choices=SAME_KIND, required=False)

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        rest = {"code": asked["code"], "name": asked["name"], "kind": asked["new_kind"]}
        return [ChangeLine(before=place, **rest) for place in asked["places"]]


class SplitForm(ChangeForm):
    kind, about = ChangeKind.SPLIT, _("One place is divided into parts; each residential area goes to one of them.")
    place = PlaceField(label=_("Place that is divided"))

    def __init__(self, data: Any = None, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(data, *args, scope=scope, **kwargs)
        self.parts = PartSet(data, prefix="part", form_kwargs={"scope": scope})

    def is_valid(self) -> bool:
        return bool(super().is_valid() and self.parts.is_valid())

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        parts = [form.cleaned_data for form in self.parts if form.cleaned_data.get("code")]
        main = [part_line(asked["place"], part, is_main=number == 0) for number, part in enumerate(parts)]
        own = [
            ChangeLine(before=child, code=child.code, parent_code=part["code"])
            for part in parts[1:]
            for child in part["places"]
        ]
        return main + own


def part_line(place: Area, part: Mapping[str, Any], *, is_main: bool) -> ChangeLine:
    return ChangeLine(
        before=place, code=part["code"], name=part["name"], kind=part["kind"], share=part["share"], is_main=is_main
    )


class ShareField(forms.DecimalField):
    """A part of one, written with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal"})
        super().__init__(min_value=0, max_value=1, max_digits=5, decimal_places=4, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PartForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=12)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SAME_KIND, required=False)
    share = ShareField(
        label=_("Share of the figures"),
        required=False,
        help_text=_("such as 0,6; in all parts or in none; figures by shares are marked as estimates"),
    )
    places = PlacesField(
        label=_("Residential areas that go to this part"),
        required=False,
        help_text=_("one in each line; those that are named nowhere stay with the first part"),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.fields["places"]
        if isinstance(places, PlacesField):
            places.queryset = changeable(scope)
        if str(self.prefix).endswith("-0"):
            del self.fields["places"]  # what is named nowhere stays with the first part


class BasePartSet(BaseFormSet[PartForm]):
    def clean(self) -> None:
        said = [form for form in self.forms if form.cleaned_data.get("code")]
        if len(said) < 2:
            raise ValidationError(_("Name at least two parts."))


PartSet = formset_factory(PartForm, BasePartSet, extra=PARTS, max_num=PARTS, validate_max=True)


class MoveForm(ChangeForm):
    kind, about = ChangeKind.MOVE, _("A place comes to lie in another commune or province, with all that is in it.")
    places = PlacesField(label=_("Places that move"), help_text=_("one in each line"))
    parent = PlaceField(label=_("Lies from then on in"))

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        above = asked["parent"].code
        return [ChangeLine(before=place, code=place.code, parent_code=above) for place in asked["places"]]


class RenameForm(ChangeForm):
    kind, about = ChangeKind.RENAME, _("A place gets another name and stays what it is.")
    place = PlaceField(label=_("Place"))
    name = forms.CharField(label=_("Name from then on"), max_length=120)

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        return [ChangeLine(before=asked["place"], code=asked["place"].code, name=asked["name"])]


class KindForm(ChangeForm):
    kind, about = ChangeKind.KIND, _("A commune becomes a ward, a province a city run by the centre.")
    place = PlaceField(label=_("Place"))
    new_kind = forms.ChoiceField(label=_("Kind from then on"), choices=KINDS)

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        return [ChangeLine(before=asked["place"], code=asked["place"].code, kind=asked["new_kind"])]


class SetUpForm(ChangeForm):
    kind, about = ChangeKind.SET_UP, _("A place that came from no other one.")
    parent = PlaceField(label=_("Lies in"))
    code = forms.CharField(label=_("Code"), max_length=12)
    name = forms.CharField(label=_("Name"), max_length=120)
    new_kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        above = asked["parent"].code
        return [ChangeLine(code=asked["code"], name=asked["name"], kind=asked["new_kind"], parent_code=above)]


class AbolishForm(ChangeForm):
    kind, about = (
        ChangeKind.ABOLISH,
        _("A place ends; another takes it over, or what it lay in."),
    )
    place = PlaceField(label=_("Place that ends"))
    into = PlaceField(label=_("Taken over by"), required=False, help_text=_("empty: nobody"))

    def said(self, asked: Mapping[str, Any]) -> list[ChangeLine]:
        into = asked["into"]
        return [ChangeLine(before=asked["place"], code=into.code if into else "")]


class ListForm(ChangeForm):
    """The document and its list; the lines are read by `territory_list`."""

    kind, about = ChangeKind.LIST, _("Many changes of one legal document, from Excel.")
    workbook = forms.FileField(
        label=_("Excel file"), help_text=_("the first sheet is read; headings in one row, one change in each row below")
    )


class DocumentForm(ChangeForm):
    """The same without the file, when the list has been looked at and is drafted."""

    kind, about = ChangeKind.LIST, ""


FORMS: dict[str, type[ChangeForm]] = {
    form.kind: form for form in (MergeForm, SplitForm, MoveForm, RenameForm, KindForm, SetUpForm, AbolishForm)
}


class ChangeFilter(forms.Form):
    """What hides rows of the list of changes."""

    q = forms.CharField(label=_("Place or legal basis"), required=False)
    kind = forms.ChoiceField(label=_("Kind of change"), required=False, choices=[("", _("all")), *ChangeKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *ChangeState.choices])

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data)
        self.scope = scope

    def rows(self) -> Any:
        self.is_valid()
        asked = self.cleaned_data
        rows = TerritoryChange.objects.within(self.scope)
        if asked.get("q"):
            named = Q(lines__before_name__icontains=asked["q"]) | Q(lines__name__icontains=asked["q"])
            rows = rows.filter(named | Q(legal_basis__icontains=asked["q"])).distinct()
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        return rows.in_state(asked["state"]) if asked.get("state") else rows

    @property
    def active(self) -> int:
        return sum(1 for value in getattr(self, "cleaned_data", {}).values() if value)


class OfficialFilter(forms.Form):
    """What hides rows of the official list of what became of places."""

    q = forms.CharField(label=_("Name or code of a place"), required=False)
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", _("all")), *[one for one in Level.choices if one[0] in BELOW]],
    )

    def rows(self) -> Any:
        self.is_valid()
        asked = self.cleaned_data
        rows = Succession.objects.select_related("before__parent", "after__parent")
        if asked.get("q"):
            named = Area.objects.matching(asked["q"]).values("pk")
            rows = rows.filter(Q(before__in=named) | Q(after__in=named))
        if asked.get("level"):
            rows = rows.filter(before__level=asked["level"])
        return rows.order_by("-on", "before__path", "after__path")

    @property
    def active(self) -> int:
        return sum(1 for value in getattr(self, "cleaned_data", {}).values() if value)
