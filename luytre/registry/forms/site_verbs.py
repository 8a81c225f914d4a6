"""The small forms of a site's way and upkeep: one question, one verb."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Scope
from luytre.common.numbers import Qualifier
from luytre.registry.forms.endings import RuledForm, day_field
from luytre.registry.models import Equipment, Funding, Rating, ScaleGrade, Site
from luytre.ui.forms import ScopedForm


class VerbForm(forms.Form):
    """A form about one site; `scope` is the writer's."""

    on = day_field()

    def __init__(self, *args: Any, site: Site, scope: Scope, **kwargs: Any) -> None:
        self.site, self.scope = site, scope
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.scope.on:
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ProposalForm(ScopedForm[Site]):
    """A site that is wanted: what need was found, of which type, carried by whom."""

    on = day_field(_("Proposed on"))
    note = forms.CharField(
        label=_("What need was found?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    class Meta:
        model = Site
        fields = ["initiative", "area", "name", "carrier", "rules", "origin", "changes", "is_first"]

    more = ("rules", "origin", "changes", "is_first")
    field_order = ["initiative", "area", "name", "carrier", "on", "note"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_first") and cleaned.get("origin"):
            self.add_error("is_first", _("A site replicated from another is not the first of a new initiative."))
        return cleaned

    def propose(self, *, by: Any) -> Site:
        site = self.save(commit=False)
        site.propose(by=by, on=self.cleaned_data["on"], note=self.cleaned_data["note"])
        return site


class ApprovalForm(VerbForm):
    decision = forms.CharField(
        label=_("Decision number"), max_length=60, help_text=_("of the commune's People's Committee")
    )


class RefusalForm(VerbForm, RuledForm):
    field_order = ["on", "reason", "rule"]


class LaunchForm(VerbForm):
    note = forms.CharField(label=_("How it was launched"), max_length=500, required=False)


class NoteForm(VerbForm):
    """What was done or found: one sentence is the least."""

    note = forms.CharField(
        label=_("What was done or found?"), max_length=500, min_length=5, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClosingForm(VerbForm, RuledForm):
    field_order = ["on", "reason", "rule"]


class SiteMergingForm(ClosingForm):
    into = forms.ModelChoiceField(Site.objects.none(), label=_("Into which site does it go?"))
    field_order = ["on", "into", "reason", "rule"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["into"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = neighbours(self.site, self.scope)


def neighbours(site: Site, scope: Scope) -> QuerySet[Site]:
    """Sites at work in the same commune, those of the same type first."""
    commune = site.area.parent if site.area.level == "residential" and site.area.parent else site.area
    places = Area.objects.standing_under([commune.path_on(scope.on) or commune.path], on=scope.on)
    rows = Site.objects.within(scope).running_on(scope.on).filter(area__in=places).exclude(pk=site.pk)
    return rows.select_related("initiative", "area").order_by("sort_key")


class RatingForm(VerbForm):
    """On the scale of the place's province, or the nation's."""

    mark = forms.ModelChoiceField(
        ScaleGrade.objects.none(), label=_("How does it work?"), widget=forms.RadioSelect, empty_label=None
    )
    grade = forms.ChoiceField(label=_("How does it work?"), choices=Rating.Grade.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale, mark = ScaleGrade.objects.for_place(self.site.area, on=self.scope.on), self.fields["mark"]
        if scale.exists() and isinstance(mark, forms.ModelChoiceField):
            mark.queryset = scale
            del self.fields["grade"]
        else:
            del self.fields["mark"]


class SiteCountForm(VerbForm):
    """The numbers as they stand on a day; those of earlier days stay."""

    member_count = forms.IntegerField(label=_("Members"), min_value=0)
    member_qualifier = forms.ChoiceField(label=_("How exact"), choices=Qualifier.choices)
    women_count = forms.IntegerField(label=_("Women among them"), min_value=0, initial=0)
    group_count = forms.IntegerField(label=_("Groups"), min_value=0, initial=0)
    group_qualifier = forms.ChoiceField(label=_("How exact is the number of groups"), choices=Qualifier.choices)
    household_count = forms.IntegerField(label=_("Households"), min_value=0, initial=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("women_count") or 0) > (cleaned.get("member_count") or 0):
            self.add_error("women_count", _("More women than members. Correct one of the two."))
        return cleaned


class HeadForm(VerbForm):
    position = forms.CharField(
        label=_("Headed by"),
        max_length=160,
        required=False,
        help_text=_("the body or position, never a name; leave it empty when nobody leads it"),
    )


class FundingForm(VerbForm):
    source = forms.ChoiceField(label=_("Source"), choices=Funding.Source.choices)
    amount_vnd = forms.IntegerField(label=_("Amount in đồng"), min_value=0, initial=0)
    in_kind = forms.CharField(label=_("Goods or labour given"), max_length=160, required=False)
    donor_count = forms.IntegerField(label=_("Givers"), min_value=0, initial=0, help_text=_("a count; no names"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("amount_vnd") and not cleaned.get("in_kind"):
            self.add_error("amount_vnd", _("Write an amount, or what was given."))
        return cleaned


class EquipmentForm(VerbForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Equipment.Kind.choices)
    count = forms.IntegerField(label=_("How many there are now"), min_value=0)


class AppealForm(VerbForm):
    text = forms.CharField(
        label=_("What do they say?"),
        max_length=1000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("no names of people"),
    )


class AppealAnswerForm(VerbForm, RuledForm):
    is_upheld = forms.TypedChoiceField(
        label=_("Is the appeal right?"),
        choices=[("yes", _("Yes: the decision is undone")), ("no", _("No: the decision stands"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ["on", "is_upheld", "reason", "rule"]
