"""The log of a patrol, with what was found broken on the same page: a hamlet head writes it in under a minute."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.forms.nameless import NamelessForm
from luytre.activities.models import Body, Checkpoint, EventKind, Hazard, HazardKind, Patrol
from luytre.activities.models.patrols import is_too_long
from luytre.registry.models import GuardTeam, WatchGroup
from luytre.ui.forms import FoldedCheckboxes, ScopedForm

EVENT = "event_"


class CheckpointForm(NamelessForm, ScopedForm[Checkpoint]):
    nameless = ("name",)

    class Meta:
        model = Checkpoint
        fields = ["area", "name", "kind"]


class PatrolForm(NamelessForm, ScopedForm[Patrol]):
    nameless = ("route", "handed_over", "remark", "hazard_place")
    more: tuple[str, ...] = ("team", "group", "joined_teams", "led_by", "joined_by", "route", "handed_over", "remark")

    class Meta:
        model = Patrol
        fields = [
            "held_on",
            "began",
            "ended",
            "area",
            "people_count",
            "checkpoints",
            "team",
            "group",
            "led_by",
            "joined_by",
            "joined_teams",
            "route",
            "handed_over",
            "remark",
        ]
        widgets = {
            "began": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ended": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "checkpoints": FoldedCheckboxes,
            "joined_by": FoldedCheckboxes,
            "joined_teams": FoldedCheckboxes,
            "remark": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["held_on"] = self.initial.get("held_on") or self.scope.on
        self.ask_hazard()
        self.ask_events()

    def cut(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        super().cut(name, field)
        if field.queryset is not None and field.queryset.model is Body:
            field.queryset = field.queryset.filter(goes_on_patrol=True)
        elif field.queryset is not None and field.queryset.model in (GuardTeam, WatchGroup):
            serving = field.queryset.model._default_manager.serving_on(self.scope.on)
            field.queryset = field.queryset.filter(pk__in=serving.values("pk"))

    def ask_hazard(self) -> None:
        """Only with a new patrol; later a hazard has its own form."""
        if self.instance.pk:
            return
        self.fields["hazard_kind"] = forms.ModelChoiceField(
            HazardKind.objects.all(),
            label=_("Seen on the way: something broken or dangerous?"),
            required=False,
            empty_label=_("nothing"),
        )
        self.fields["hazard_place"] = forms.CharField(
            label=_("Where is it exactly?"),
            max_length=160,
            required=False,
            help_text=_("only if something is broken or dangerous"),
        )

    def ask_events(self) -> None:
        counted = {event.kind_id: event.count for event in self.instance.events.all()} if self.instance.pk else {}
        for kind in EventKind.objects.all():
            field = forms.IntegerField(label=str(kind), min_value=0, max_value=99, required=False)
            self.fields[f"{EVENT}{kind.code}"] = field
            self.initial[f"{EVENT}{kind.code}"] = counted.get(kind.pk)
        self.more = (*self.more, *(name for name in self.fields if name.startswith(EVENT)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, began, ended = (cleaned.get(name) for name in ("held_on", "began", "ended"))
        if day and day > self.scope.on:
            self.add_error("held_on", _("This day is still to come. Record the patrol when it has been walked."))
        if began and ended and began == ended:
            self.add_error("ended", _("It ends when it begins. Correct one of the two."))
        elif began and ended and is_too_long(began, ended):
            self.add_error("ended", _("This is longer than twelve hours. Correct the start or the end."))
        if cleaned.get("people_count") == 0:
            self.add_error("people_count", _("Nobody went along? Write how many people walked."))
        self.check_hazard(cleaned)
        return cleaned

    def check_hazard(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("hazard_kind") and not cleaned.get("hazard_place"):
            self.add_error("hazard_place", _("Write where it is, so that whoever mends it finds it."))
        if cleaned.get("hazard_place") and not cleaned.get("hazard_kind"):
            self.add_error("hazard_kind", _("Choose what is broken or dangerous there."))

    def counts(self) -> Iterator[tuple[EventKind, int]]:
        for kind in EventKind.objects.all():
            yield kind, self.cleaned_data.get(f"{EVENT}{kind.code}") or 0

    @transaction.atomic
    def add(self, *, by: User) -> Patrol:
        patrol = super().add(by=by)
        patrol.count_events(dict(self.counts()), by=by)
        if self.cleaned_data.get("hazard_kind"):
            Hazard(
                uid=uuid.uuid5(patrol.uid, "hazard"),
                area=patrol.area,
                kind=self.cleaned_data["hazard_kind"],
                place=self.cleaned_data["hazard_place"],
                noted_on=patrol.held_on,
                patrol=patrol,
            ).add(by=by)
        return patrol

    @transaction.atomic
    def correct(self, *, by: User) -> Patrol:
        patrol = super().correct(by=by)
        patrol.count_events(dict(self.counts()), by=by)
        return patrol
