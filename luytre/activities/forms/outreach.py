"""The form of an outreach session: what a hamlet head writes in a minute."""

from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from luytre.activities.models import Audience, OutreachSession, Setting, Topic
from luytre.registry.models import OrganisationKind
from luytre.ui.forms import FoldedCheckboxes, ScopedForm


class OutreachSessionForm(ScopedForm[OutreachSession]):
    more = ("attendance_qualifier", "setting", "form", "audience", "organisation", "site", "led_by", "remark")

    class Meta:
        model = OutreachSession
        fields = [
            "held_on",
            "area",
            "place",
            "topics",
            "attendance",
            "attendance_qualifier",
            "setting",
            "form",
            "audience",
            "organisation",
            "site",
            "led_by",
            "remark",
        ]
        widgets = {
            "topics": FoldedCheckboxes,
            "remark": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields["topics"]
        if isinstance(topics, forms.ModelMultipleChoiceField):  # the usual ones first
            topics.queryset = Topic.objects.annotate(used=Count("sessions")).order_by("-used", "sort_key")
        self.initial["held_on"] = self.initial.get("held_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, area = cleaned.get("held_on"), cleaned.get("area")
        if day and day > self.scope.on:
            self.add_error("held_on", _("This day is still to come. Record the session when it has been held."))
        if cleaned.get("attendance") == 0 and cleaned.get("setting") != Setting.MOBILE:
            self.add_error("attendance", _("Nobody came? Write how many came, or choose the loudspeaker round."))
        self.check_organisation(cleaned.get("organisation"), area, cleaned.get("audience"))
        return cleaned

    def check_organisation(self, organisation: Any, area: Any, audience: Any) -> None:
        today = self.scope.on
        if organisation and area and not area.path_on(today).startswith(organisation.area.path_on(today)):
            self.add_error("organisation", _("It reports through another commune. Choose its commune as the area."))
        if organisation and audience == Audience.PUPILS and organisation.kind != OrganisationKind.SCHOOL:
            self.add_error("audience", _("Pupils at a place that is no school. Correct one of the two."))
