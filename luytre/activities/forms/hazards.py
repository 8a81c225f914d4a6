"""What is asked about a hazard: when it is noted, and at each step until it is seen mended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.activities.forms.nameless import NamelessForm
from luytre.activities.models import Body, Hazard
from luytre.ui.forms import ScopedForm


def date_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class HazardForm(NamelessForm, ScopedForm[Hazard]):
    nameless = ("place", "note")

    class Meta:
        model = Hazard
        fields = ["kind", "place", "area", "noted_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["noted_on"] = self.initial.get("noted_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("noted_on")
        if day and day > self.scope.on:
            self.add_error("noted_on", _("This day is still to come. Write the day on which it was seen."))
        return cleaned


class StepForm(forms.Form):
    """What every step may say; never a name."""

    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("no names"))


class NoteForm(NamelessForm, StepForm):
    nameless = ("note",)


class ProgressForm(NoteForm):
    note = forms.CharField(label=_("How far has it come?"), max_length=300, help_text=_("no names"))


class HandOverForm(NoteForm):
    to = forms.ModelChoiceField(Body.objects.filter(mends_places=True), label=_("Who mends it?"))
    due_on = date_field(_("Mended by the day"))
    field_order = ["to", "due_on", "note"]


class SecondLookForm(NoteForm):
    is_mended = forms.TypedChoiceField(
        label=_("You looked at the place: is it mended?"),
        choices=[("yes", _("yes, it is mended")), ("no", _("no, not yet"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    due_on = date_field(_("If not: mended by the day"), required=False)
    field_order = ["is_mended", "due_on", "note"]
