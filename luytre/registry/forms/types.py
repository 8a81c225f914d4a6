"""Types of initiative: a new one is made only after those it may be have been looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Level, Scope
from luytre.common.text import clean
from luytre.registry.forms.endings import EndingForm
from luytre.registry.models import Initiative, InitiativeField, ScaleGrade
from luytre.ui.forms import AreaChoiceField


class TypeFilterForm(forms.Form):
    q = forms.CharField(label=_("Search, marks not needed"), required=False)
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[("", _("all")), *InitiativeField.choices])


class OfTheDesk(forms.ModelForm):  # type: ignore[type-arg]
    """Something that belongs to the nation or a province, and is added by its desk."""

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            levels = [Level.NATION, Level.PROVINCE]
            area.queryset = Area.objects.within(scope).filter(level__in=levels).select_related("parent")
            if area.queryset.count() == 1:
                self.initial.setdefault("area", area.queryset.get().pk)


class InitiativeForm(OfTheDesk):
    looked = forms.BooleanField(
        label=_("I have looked at these: it is none of them"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Initiative
        fields = ["name", "aliases", "field", "carrier", "area"]
        field_classes = {"area": AreaChoiceField}

    def clean_name(self) -> str:
        return clean(self.cleaned_data["name"])

    def alike(self) -> list[Initiative]:
        """Types that may be meant, offered before a new one is made."""
        said = self.cleaned_data
        if not said.get("name"):
            return []
        return list(Initiative.objects.offered_for(said["name"], said.get("aliases", ""))[:8])

    def must_look_first(self) -> bool:
        """Shows the box to tick the next time."""
        if self.cleaned_data.get("looked") or not self.alike():
            return False
        self.fields["looked"].widget = forms.CheckboxInput()
        self.add_error("looked", _("There are types that may be the same. Look at them first."))
        return True


class TypeMergingForm(EndingForm):
    into = forms.ModelChoiceField(Initiative.objects.none(), label=_("Which type stays?"))
    field_order = ["into", "on", "reason"]

    def __init__(self, *args: Any, goes: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["into"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = Initiative.objects.standing().exclude(pk=goes.pk)


class ScaleGradeForm(OfTheDesk):
    class Meta:
        model = ScaleGrade
        fields = ["area", "vi_name", "en_name", "counts_as", "position"]
        field_classes = {"area": AreaChoiceField}
