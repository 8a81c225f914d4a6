"""What is asked where one proposes and another decides."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luytre.registry.forms.members import day_field
from luytre.registry.models import Member

RULE = _("the law, decree or decision and its article")


class ProposalForm(forms.Form):
    """Who is put before the chair: only a yes that the papers are in order is kept, no papers."""

    members = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=_("Their papers were checked and are in order"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("aged 18 to 70, of full capacity, living here, schooled as the law asks; only this yes is kept"),
    )
    past_seventy = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=_("Past seventy, for the chair to decide"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, members: QuerySet[Member], is_by_age: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("members", "past_seventy"):
            field = self.fields[name]
            if isinstance(field, forms.ModelMultipleChoiceField):
                field.queryset = members
        if not is_by_age:
            del self.fields["past_seventy"]
            self.fields["members"].help_text = _("elected by the households, and willing")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        proposed, past = cleaned.get("members") or [], cleaned.get("past_seventy") or []
        if any(one not in proposed for one in past):
            self.add_error("past_seventy", _("Tick them above too, or not here."))
        return cleaned

    def lines(self) -> list[tuple[Member, bool]]:
        past = set(self.cleaned_data.get("past_seventy") or [])
        return [(member, member in past) for member in self.cleaned_data["members"]]


class DecisionForm(forms.Form):
    """The chair says yes with a number, or no with reason and rule (rights rule R20)."""

    YES, NO = "yes", "no"
    answer = forms.ChoiceField(
        label=_("Decision"), choices=[(YES, _("grant")), (NO, _("refuse"))], widget=forms.RadioSelect
    )
    on = day_field(_("Day of the decision"))
    number = forms.CharField(label=_("Decision number"), max_length=60, required=False)
    signatory = forms.CharField(
        label=_("Signed by"), max_length=120, required=False, help_text=_("the office, such as: chair of the commune")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    rule = forms.CharField(label=_("Rule it rests on"), max_length=200, required=False, help_text=RULE)

    def __init__(self, *args: Any, always_reasoned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.always_reasoned = always_reasoned
        if always_reasoned:
            del self.fields["signatory"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_yes = cleaned.get("answer") == self.YES
        needed = ["number", *(["signatory"] if "signatory" in self.fields else [])] if is_yes else []
        needed += ["reason", "rule"] if not is_yes or self.always_reasoned else []
        for name in needed:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed for that decision."))
        return cleaned

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == self.YES)


class ObjectionForm(forms.Form):
    on = day_field(_("Received on"))
    text = forms.CharField(label=_("What they say"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ObjectionAnswerForm(forms.Form):
    is_upheld = forms.TypedChoiceField(
        label=_("Is the objection right?"),
        choices=[("1", _("yes, the decision no longer counts")), ("0", _("no, the decision stands"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    on = day_field(_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, min_length=5)
    rule = forms.CharField(label=_("Rule it rests on"), max_length=200, help_text=RULE)
