"""What people choose on the pages of comparison; the answers stand in the address."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.text import clean, fold
from luytre.reporting import indicators, questions
from luytre.reporting.exploring import ranking
from luytre.reporting.exploring.asking import BELOW, KINDS, SHAPES, STEP, Asked
from luytre.reporting.forms import CALENDARS, day_field, indicator_choices
from luytre.reporting.models import Definition, SavedView, offices_of
from luytre.ui.forms import AreaChoiceField, AreaInput

OFFERED = 30  # indicators shown at once beside those already chosen
SHAPE_NAMES = [
    _("places down, periods across"),
    _("indicators down, periods across"),
    _("places down, indicators across"),
]
BELOW_NAMES = [
    _("these places themselves"),
    _("the places right below"),
    _("all communes in them"),
    _("all residential areas in them"),
]
STEP_NAMES = [("month", _("months")), ("quarter", _("quarters")), ("half", _("half-years")), ("year", _("years"))]
DAYS = ["period", "from", "to"]


def offered(words: str, chosen: Iterable[Definition] = ()) -> list[Definition]:
    """Indicators with figures whose names have the words, marks not needed; those chosen stand first."""
    first, wanted = list(chosen), fold(words).split()
    taken = {one.code for one in first}
    rest = [one for one in indicators.available() if one.code not in taken and all(w in one.folded for w in wanted)]
    return [*first, *rest[:OFFERED]]


def kind_choices() -> list[tuple[str, Any]]:
    return [("", _("all kinds")), *((kind.value, kind.label) for kind in KINDS)]


def base_choices() -> list[tuple[str, Any]]:
    named = [(base.definition.code, base.name) for base in ranking.bases()]
    return [("", _("the figures themselves")), *named]


class LayoutForm(forms.Form):
    """Which places, which periods, laid out how; `only` are the fields that a page asks."""

    use_required_attribute = False

    indicator = forms.ChoiceField(label=_("Indicator"), choices=indicator_choices)
    below = forms.ChoiceField(label=_("Rows for"), choices=list(zip(BELOW, BELOW_NAMES, strict=True)))
    kind = forms.ChoiceField(label=_("Kind of place"), choices=kind_choices)
    per = forms.ChoiceField(label=_("Put in order by"), choices=base_choices)
    shape = forms.ChoiceField(label=_("Table"), choices=list(zip(SHAPES, SHAPE_NAMES, strict=True)))
    count = forms.IntegerField(label=_("How many periods"), min_value=1, max_value=120)
    step = forms.ChoiceField(label=_("Length of a period"), choices=STEP_NAMES)
    period = forms.CharField(
        label=_("Or named periods"), required=False, help_text=_("such as 2026-11, 2026-Q3, 2026-H1 or 2025")
    )
    calendar = forms.ChoiceField(label=_("Months"), choices=CALENDARS)
    territory = day_field(_("Territory as of"), help_text=_("empty: as of the last day"))
    change = forms.BooleanField(label=_("beside the same window last year"), required=False)

    def __init__(self, *args: Any, only: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = day_field(_("Or free days: from"))
        self.fields["to"] = day_field(_("Until"))
        self.fields = {name: self.fields[name] for name in only}


def initial(asked: Asked) -> dict[str, Any]:
    """What the form says for a question."""
    known = asked.periods.asked
    return {
        "indicator": asked.codes[0],
        "below": asked.below,
        "kind": asked.kind,
        "shape": asked.shape,
        "step": known.get("step", STEP),
        "count": known.get("count"),
        "period": " ".join(known.get("period", [])),
        "from": known.get("from"),
        "to": known.get("to"),
        "calendar": asked.calendar.value,
        "territory": asked.territory if asked.named_territory else None,
        "change": asked.with_change,
    }


class PlaceForm(forms.Form):
    """A place by its name or its code."""

    add = AreaChoiceField(label=_("Add a place"), queryset=Area.objects.none(), required=False)

    def __init__(self, *args: Any, scope: Scope, is_single: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["add"]
        field.label = _("Another place") if is_single else field.label
        if isinstance(field, AreaChoiceField):
            field.queryset = questions.visible(scope).on(scope.on).select_related("parent").order_by("path")
            field.widget = AreaInput(field.queryset[:400])


class SaveForm(forms.ModelForm[SavedView]):
    """Under which name a view is kept, and whether one's office sees it."""

    is_shared = forms.BooleanField(label=_("share with my office"), required=False)

    class Meta:
        model = SavedView
        fields = ["name"]

    def __init__(self, *args: Any, person: User, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.day = person, scope.on
        self.fields["is_shared"].initial = bool(self.instance.office_id)

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        same = SavedView.objects.filter(owner=self.person, name=name).exclude(pk=self.instance.pk or 0)
        if same.exists():
            raise forms.ValidationError(_("You keep a view of this name already. Choose another name."), code="taken")
        return name

    @property
    def office(self) -> Area | None:
        """The widest office of the person, if it is to be shared."""
        return offices_of(self.person, on=self.day).first() if self.cleaned_data.get("is_shared") else None


class KeepForm(SaveForm):
    """A view as it is sent from its page."""

    class Meta(SaveForm.Meta):
        fields = ["name", "page", "query"]
        widgets = {"page": forms.HiddenInput, "query": forms.HiddenInput}
