"""The interview about a quiet site, what an office writes to keepers, and how long is quiet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Level, Scope
from luytre.registry.forms.site_verbs import VerbForm, neighbours
from luytre.registry.models import Initiative, Interview, QuietLimit, Site
from luytre.ui.forms import AreaChoiceField


class InterviewForm(VerbForm):
    """Four questions; what must be said besides depends on the fourth answer."""

    led_by = forms.CharField(
        label=_("1. Is there still somebody who leads it?"),
        max_length=160,
        required=False,
        help_text=_("the body or position; leave it empty when nobody does"),
    )
    last_done = forms.CharField(
        label=_("2. What was done last, and when?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    needs = forms.CharField(label=_("3. What does it need?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    outcome = forms.ChoiceField(
        label=_("4. What shall become of it?"), choices=Interview.Outcome.choices, widget=forms.RadioSelect
    )
    into = forms.ModelChoiceField(
        Site.objects.none(), label=_("If merged: into which site?"), required=False, empty_label=_("none")
    )
    reason = forms.CharField(label=_("If merged or closed: the reason"), max_length=300, required=False)
    rule = forms.CharField(
        label=_("If merged or closed: the rule it rests on"),
        max_length=160,
        required=False,
        help_text=_("the article or the document, with its number"),
    )
    field_order = ["led_by", "last_done", "needs", "outcome", "into", "reason", "rule", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["into"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = neighbours(self.site, self.scope)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome == Interview.Outcome.RELAUNCH and not cleaned.get("led_by"):
            self.add_error("led_by", _("Somebody must lead it if it is to be relaunched."))
        if outcome == Interview.Outcome.MERGE and not cleaned.get("into"):
            self.add_error("into", _("Say into which site it goes."))
        if outcome in (Interview.Outcome.MERGE, Interview.Outcome.CLOSE):
            for name in ("reason", "rule"):
                if not cleaned.get(name):
                    self.add_error(name, _("Nothing is closed without a reason and a rule."))
        return cleaned


class QuietForm(forms.Form):
    """Which sites: quiet for how long, of which type, where."""

    q = forms.CharField(label=_("Search, marks not needed"), required=False)
    months = forms.IntegerField(
        label=_("Months without evidence, at least"), min_value=0, max_value=120, required=False
    )
    initiative = forms.ModelChoiceField(
        Initiative.objects.standing(), label=_("Type"), required=False, empty_label=_("all")
    )
    area = AreaChoiceField(Area.objects.none(), label=_("Area"), required=False, widget=forms.TextInput())

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            area.queryset = Area.objects.within(scope).select_related("parent")


class KeeperNoticeForm(forms.Form):
    text = forms.CharField(
        label=_("What do you write to them?"),
        max_length=1000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("no names of people"),
    )


class KeeperReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        min_length=2,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("that you have read it, and what you will do; no names of people"),
    )


class QuietLimitForm(forms.ModelForm[QuietLimit]):
    class Meta:
        model = QuietLimit
        fields = ["area", "months"]
        field_classes = {"area": AreaChoiceField}

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            levels = [Level.NATION, Level.PROVINCE]
            area.queryset = Area.objects.within(scope).filter(level__in=levels).select_related("parent")
