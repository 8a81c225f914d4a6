"""What is asked when duty is planned."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from luytre.activities.forms.nameless import NamelessForm
from luytre.activities.models.duty import MOST_SLOTS, Duty, Shift, ShiftKind
from luytre.activities.models.duty_limits import MOST_NIGHTS, NightLimit
from luytre.areas.models import Scope
from luytre.registry.forms.norms import ProvincialForm
from luytre.registry.models import GuardTeam, Member


def time_field(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **more)


class Words(forms.Form):
    """Gives the fields' text to the check for names."""


class ShiftsForm(NamelessForm, Words):
    """One shift on some days of a week."""

    nameless = ("place",)
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple
    )
    began = time_field(_("From (hour)"))
    ended = time_field(_("Until (hour)"), help_text=_("the next day if it is earlier than the start"))
    kind = forms.ChoiceField(label=_("Kind of duty"), choices=ShiftKind)
    place = forms.CharField(label=_("Place or round"), max_length=120, required=False)
    slots = forms.IntegerField(label=_("People wanted"), min_value=1, max_value=MOST_SLOTS, initial=2)
    joined_teams = forms.ModelMultipleChoiceField(
        GuardTeam.objects.none(),
        label=_("Together with teams"),
        required=False,
        help_text=_("for joint patrols: their members may be put on this shift too"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, monday: date, scope: Scope, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        week = [monday + timedelta(days=step) for step in range(7)]
        self.fields["days"].choices = [(day.isoformat(), date_format(day, "l d/m")) for day in week]  # type: ignore[attr-defined]
        self.cut_teams(scope, unit)

    def cut_teams(self, scope: Scope, unit: Any) -> None:
        teams = GuardTeam.objects.within(scope).serving_on(scope.on).order_by("sort_key")
        if isinstance(unit, GuardTeam):
            teams = teams.exclude(pk=unit.pk)
        field = self.fields["joined_teams"]
        if teams[30:].exists() or not teams.exists():
            del self.fields["joined_teams"]  # too many to choose among: a province has no business here
        elif isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = teams

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("began") and cleaned.get("began") == cleaned.get("ended"):
            self.add_error("ended", _("It ends when it begins. Correct one of the two."))
        return cleaned


class BeyondForm(NamelessForm, Words):
    """Why the limit of nights is passed, where it is."""

    nameless = ("beyond",)
    beyond = forms.CharField(label=_("Why does it have to be them?"), min_length=5, max_length=300, required=False)


class AssignForm(BeyondForm):
    """Who goes on this shift."""

    member = forms.ModelChoiceField(Member.objects.none(), label=_("Member"))

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = shift.pool()  # type: ignore[attr-defined]


class NightLimitForm(ProvincialForm[NightLimit]):
    """How many nights, by which decision, from which day."""

    class Meta:
        model = NightLimit
        fields = ["area", "most", "basis", "valid_from"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces: Any = self.fields["area"]
        if provinces.queryset.count() == 1:
            self.initial.setdefault("area", provinces.queryset.get().pk)

    def clean_most(self) -> int | None:
        most: int | None = self.cleaned_data["most"]
        if most is not None and not 1 <= most <= MOST_NIGHTS:
            raise forms.ValidationError(
                _("Write a number from 1 to %(most)d, or leave it empty when there is no limit any more.")
                % {"most": MOST_NIGHTS}
            )
        return most


class TakeOffForm(BeyondForm):
    """Off the shift; somebody else may stand in at once. No reason is asked."""

    stand_in = forms.ModelChoiceField(Member.objects.none(), label=_("Stand-in"), required=False)

    def __init__(self, *args: Any, duty: Duty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = duty.shift.pool().exclude(pk=duty.member_id)  # type: ignore[attr-defined]


class SwapForm(forms.Form):
    """Who takes the duty over, and for which of theirs."""

    member = forms.ModelChoiceField(Member.objects.none(), label=_("Who takes it over?"))
    other = forms.ModelChoiceField(
        Duty.objects.none(),
        label=_("In exchange for their duty"),
        required=False,
        empty_label=_("nothing in exchange"),
    )

    def __init__(self, *args: Any, duty: Duty, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pool = duty.shift.pool().exclude(pk=duty.member_id).order_by("sort_key")
        theirs = Duty.objects.kept().coming(today).filter(member__in=pool.order_by()).select_related("member", "shift")
        self.fields["member"].queryset = pool  # type: ignore[attr-defined]
        self.fields["other"].queryset = theirs  # type: ignore[attr-defined]
