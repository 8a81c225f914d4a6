"""The form of an outreach session: what a hamlet head writes in a minute."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from luytre.activities.models import Audience, Campaign, OutreachSession, Setting, Topic
from luytre.bulletins.models import Material
from luytre.registry.forms.places import check_public_place
from luytre.registry.models import OrganisationKind
from luytre.ui.forms import FoldedCheckboxes, ScopedForm


def usual_topics_first(form: ScopedForm[Any]) -> None:
    topics = form.fields["topics"]
    if isinstance(topics, forms.ModelMultipleChoiceField):
        topics.queryset = Topic.objects.annotate(used=Count("sessions")).order_by("-used", "sort_key")


def offer_published_materials(form: ScopedForm[Any], record: Any, name: str = "materials") -> None:
    """Those of everybody, newest first: a hamlet uses what the province made; what was used before stays chosen."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        before = materials_of(record, name) if record.pk else []
        offered = Material.objects.published(form.scope.on) | Material.objects.filter(pk__in=before)
        field.queryset = offered.distinct().order_by("-pk")


def materials_of(record: Any, name: str) -> list[int]:
    """One or several, as the record's field has it."""
    kept: Any = getattr(record, name)
    some = kept.all() if hasattr(kept, "all") else filter(None, [kept])
    return [one.pk for one in some]


def offer_campaigns(form: ScopedForm[Any]) -> None:
    """A commune's plan is its hamlets' plan too."""
    field = form.fields["campaign"]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = Campaign.objects.reaching(form.scope).order_by("-last_day")


def check_class(form: ScopedForm[Any], cleaned: dict[str, Any]) -> None:
    if cleaned.get("school_class") and cleaned.get("audience") != Audience.PUPILS:
        form.add_error("school_class", _("A class is of pupils. Choose pupils as those who came, or leave this empty."))


def check_campaign(form: ScopedForm[Any], cleaned: dict[str, Any], day: date | None) -> None:
    campaign = cleaned.get("campaign")
    if campaign and day and not campaign.first_day <= day <= campaign.last_day:
        days = {"first": f"{campaign.first_day:%d/%m/%Y}", "last": f"{campaign.last_day:%d/%m/%Y}"}
        form.add_error(
            "campaign", _("This campaign runs from %(first)s to %(last)s. Correct the day or leave it empty.") % days
        )


class OutreachSessionForm(ScopedForm[OutreachSession]):
    more = (
        "public_place",
        "attendance_qualifier",
        "setting",
        "form",
        "audience",
        "school_class",
        "organisation",
        "site",
        "led_by",
        "co_organisers",
        "campaign",
        "materials",
        "remark",
    )
    anywhere = ("materials",)

    class Meta:
        model = OutreachSession
        fields = [
            "held_on",
            "area",
            "place",
            "topics",
            "attendance",
            "public_place",
            "attendance_qualifier",
            "setting",
            "form",
            "audience",
            "school_class",
            "organisation",
            "site",
            "led_by",
            "co_organisers",
            "campaign",
            "materials",
            "remark",
        ]
        widgets = {
            "topics": FoldedCheckboxes,
            "materials": FoldedCheckboxes,
            "remark": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual_topics_first(self)
        offer_published_materials(self, self.instance)
        offer_campaigns(self)
        self.initial["held_on"] = self.initial.get("held_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, area = cleaned.get("held_on"), cleaned.get("area")
        if day and day > self.scope.on:
            self.add_error("held_on", _("This day is still to come. Record the session when it has been held."))
        if cleaned.get("attendance") == 0 and cleaned.get("setting") != Setting.MOBILE:
            self.add_error("attendance", _("Nobody came? Write how many came, or choose the loudspeaker round."))
        self.check_organisation(cleaned.get("organisation"), area, cleaned.get("audience"))
        check_class(self, cleaned)
        check_campaign(self, cleaned, day)
        check_public_place(self, cleaned)
        return cleaned

    def check_organisation(self, organisation: Any, area: Any, audience: Any) -> None:
        today = self.scope.on
        if organisation and area and not area.path_on(today).startswith(organisation.area.path_on(today)):
            self.add_error("organisation", _("It reports through another commune. Choose its commune as the area."))
        if organisation and audience == Audience.PUPILS and organisation.kind != OrganisationKind.SCHOOL:
            self.add_error("audience", _("Pupils at a place that is no school. Correct one of the two."))
