"""Forms of what is handed in: each kind with its unit, in one form with the day and place."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.models import User
from luytre.activities.models import Fate, HandIn, HandInCampaign, HandInKind, HandOver
from luytre.activities.models.hand_ins import Amounts
from luytre.areas.models import Level
from luytre.ui.forms import ScopedForm


class HandInCampaignForm(ScopedForm[HandInCampaign]):
    area_levels = (Level.PROVINCE, Level.COMMUNE)

    class Meta:
        model = HandInCampaign
        fields = ["name", "area", "opens_on", "closes_on", "led_by", "plan"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("It closes before it opens. Correct one of the two."))
        return cleaned


def amount_field(kind: HandInKind, initial: Decimal | None = None) -> forms.DecimalField:
    """Two pieces stand in it as 2, not as 2.00."""
    if initial is not None and initial == int(initial):
        initial = Decimal(int(initial))
    return forms.DecimalField(
        label=f"{kind} ({kind.unit})", required=False, min_value=0, max_digits=12, decimal_places=2, initial=initial
    )


def kinds_by_field() -> dict[str, HandInKind]:
    return {f"amount_{kind.code}": kind for kind in HandInKind.objects.order_by("pk")}


class HandInForm(ScopedForm[HandIn]):
    """The kinds are data, so their fields are made for each form; a workbook brings the days, not the amounts."""

    class Meta:
        model = HandIn
        fields = ["received_on", "area", "place", "received_by", "origin", "campaign", "remark"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds_by_field()
        known = self.instance.amounts if self.instance.pk else {}
        for name, kind in self.kinds.items():
            self.fields[name] = amount_field(kind, known.get(kind))
        self.more = ("campaign", "remark", *[name for name, kind in self.kinds.items() if kind not in known])
        self.initial["received_on"] = self.initial.get("received_on") or self.scope.on

    def cut(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        """Campaigns of the province are answered in its communes."""
        if name == "campaign":
            field.queryset = HandInCampaign.objects.readable(self.scope).kept().order_by("-closes_on", "sort_key")
        else:
            super().cut(name, field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (day := cleaned.get("received_on")) and day > self.scope.on:
            self.add_error("received_on", _("This day is still to come. Record what has been handed in."))
        return cleaned

    def amounts(self) -> dict[HandInKind, Decimal]:
        return {kind: self.cleaned_data.get(name) or Decimal(0) for name, kind in self.kinds.items()}

    def follow(self, record: HandIn, *, by: User) -> None:
        if any(self.amounts().values()):
            record.count(self.amounts(), by=by)

    def correct(self, *, by: User) -> HandIn:
        record = super().correct(by=by)
        if set(self.changed_data) & set(self.kinds):
            record.count(self.amounts(), by=by)
        return record


class HandOverForm(ScopedForm[HandOver]):
    more = ("minutes",)

    class Meta:
        model = HandOver
        fields = ["handed_on", "area", "from_body", "to_kind", "to_body", "hand_ins", "minutes"]
        widgets = {"hand_ins": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["handed_on"] = self.initial.get("handed_on") or self.scope.on

    def cut(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        super().cut(name, field)
        if name == "hand_ins" and field.queryset is not None:
            own = self.instance.hand_ins.values("pk") if self.instance.pk else HandIn.objects.none().values("pk")
            waiting = HandIn.objects.waiting().values("pk")
            field.queryset = (field.queryset.filter(pk__in=waiting) | field.queryset.filter(pk__in=own)).order_by(
                "received_on", "pk"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("handed_on")
        if day and day > self.scope.on:
            self.add_error("handed_on", _("This day is still to come. Record what has been handed over."))
        late = [one for one in cleaned.get("hand_ins") or () if day and one.received_on > day]
        if late:
            self.add_error("hand_ins", _("%(what)s came in after this day.") % {"what": late[0]})
        return cleaned

    def follow(self, record: HandOver, *, by: User) -> None:
        """As it was handed in, until somebody writes a difference with its reason."""
        if expected := record.expected:
            record.balance(expected, by=by)


class BalanceForm(forms.Form):
    """What arrived of each kind; where it is not what was handed in, why."""

    def __init__(self, *args: Any, hand_over: HandOver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected, self.kinds = hand_over.expected, dict[str, HandInKind]()
        arrived = hand_over.amounts or self.expected
        said = {one.kind: one.reason for one in hand_over.quantities.select_related("kind")}
        for kind in {**self.expected, **arrived} or HandInKind.objects.order_by("pk"):
            name = f"amount_{kind.code}"
            self.kinds[name] = kind
            self.fields[name] = amount_field(kind, arrived.get(kind))
            self.fields[f"reason_{kind.code}"] = forms.CharField(
                label=_("Why another amount of %(kind)s than handed in") % {"kind": kind},
                max_length=300,
                required=False,
                initial=said.get(kind, ""),
            )

    def arrived(self) -> Amounts:
        return {kind: self.cleaned_data.get(name) or Decimal(0) for name, kind in self.kinds.items()}

    def reasons(self) -> dict[HandInKind, str]:
        return {kind: self.cleaned_data.get(f"reason_{kind.code}") or "" for kind in self.kinds.values()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in self.lacking():
            words = _("%(expected)s were handed in. Write why another amount arrived.")
            self.add_error(f"reason_{kind.code}", words % {"expected": f"{self.expected.get(kind, 0):g} {kind.unit}"})
        return cleaned

    def lacking(self) -> Iterator[HandInKind]:
        reasons = self.reasons()
        for kind, amount in self.arrived().items():
            if amount != self.expected.get(kind, 0) and not reasons[kind].strip():
                yield kind


class OnwardForm(ScopedForm[HandOver]):
    """The next link of the chain: from where, which area and how much are known."""

    class Meta:
        model = HandOver
        fields = ["handed_on", "to_kind", "to_body", "minutes"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (day := cleaned.get("handed_on")) and day > self.scope.on:
            self.add_error("handed_on", _("This day is still to come. Record what has been handed over."))
        return cleaned


class SettlementForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    kind = forms.ChoiceField(label=gettext_lazy("What became of it?"), choices=Fate.choices, widget=forms.RadioSelect)
    decision = forms.CharField(label=gettext_lazy("Decision number"), max_length=60)
