"""Shape and cleaning of planned sessions."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.forms.outreach import (
    OutreachSessionForm,
    check_campaign,
    check_class,
    offer_campaigns,
    usual_topics_first,
)
from luytre.activities.models import OutreachSession, PlannedSession
from luytre.ui.forms import FoldedCheckboxes, ScopedForm

TAKEN_OVER = ["area", "organisation", "place", "form", "audience", "school_class", "led_by", "campaign"]


class PlannedSessionForm(ScopedForm[PlannedSession]):
    more = ("starts_at", "form", "audience", "school_class", "organisation", "led_by", "campaign")

    class Meta:
        model = PlannedSession
        fields = [
            "planned_on",
            "starts_at",
            "area",
            "place",
            "topics",
            "form",
            "audience",
            "school_class",
            "organisation",
            "led_by",
            "campaign",
        ]
        widgets = {
            "topics": FoldedCheckboxes,
            "starts_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual_topics_first(self)
        offer_campaigns(self)
        self.initial["planned_on"] = self.initial.get("planned_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("planned_on")
        if day and day < self.scope.on and not self.instance.pk:
            self.add_error("planned_on", _("This day is over. Record the session as held instead."))
        check_class(self, cleaned)
        check_campaign(self, cleaned, day)
        return cleaned


class HoldForm(OutreachSessionForm):
    """The record of a session that was planned: what the plan said stands in it, the head-count does not."""

    def __init__(self, *args: Any, planned: PlannedSession, **kwargs: Any) -> None:
        told = {name: getattr(planned, name) for name in TAKEN_OVER}
        told |= {"held_on": planned.planned_on, "topics": list(planned.topics.all())}
        super().__init__(*args, initial=told, **kwargs)
        self.planned = planned

    @transaction.atomic
    def hold(self, *, by: User, at: datetime) -> OutreachSession:
        session = self.add(by=by)
        self.planned.hold(session, by=by, at=at)
        return session
