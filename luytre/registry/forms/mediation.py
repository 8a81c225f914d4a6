"""What is asked about votes on mediators and about mediations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.registry.forms.endings import is_to_come
from luytre.registry.forms.members import day_field
from luytre.registry.models import Mediation, MediationVote, Member
from luytre.registry.models.mediation import LEAST, MEDIATION, VoteWay
from luytre.ui.forms import ScopedForm


class MediationForm(ScopedForm[Mediation]):
    more = ("group",)

    class Meta:
        model = Mediation
        fields = ["held_on", "area", "received", "settled", "unsettled", "group"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        if isinstance(group, forms.ModelChoiceField) and group.queryset is not None:
            group.queryset = group.queryset.filter(kind__code=MEDIATION)
        self.initial["held_on"] = self.initial.get("held_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if is_to_come(self, cleaned.get("held_on")):
            self.add_error("held_on", _("This day is still to come. Record the mediation when it has been held."))
        received, ends = cleaned.get("received"), (cleaned.get("settled") or 0) + (cleaned.get("unsettled") or 0)
        if received is not None and ends > received:
            self.add_error("received", _("More have ended than were taken up. Correct one of the numbers."))
        return cleaned


class VoteForm(forms.Form):
    held_on = day_field(_("Held on"))
    way = forms.ChoiceField(label=_("How"), choices=VoteWay.choices, widget=forms.RadioSelect)
    household_count = forms.IntegerField(
        label=_("Household representatives"),
        min_value=1,
        max_value=20_000,
        help_text=_("of all households of the residential area, not only those who came"),
    )
    places = forms.IntegerField(label=_("Places to fill"), min_value=LEAST, max_value=30, initial=LEAST)
    has_woman = forms.BooleanField(label=_("A woman is among those elected"), required=False)

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            label = _("Votes for %(name)s") % {"name": member.full_name}
            self.fields[f"votes-{member.pk}"] = forms.IntegerField(label=label, min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        households = cleaned.get("household_count")
        for member in self.members:
            votes = cleaned.get(f"votes-{member.pk}")
            if households and votes and votes > households:
                self.add_error(f"votes-{member.pk}", _("More votes than household representatives."))
        return cleaned

    def vote(self) -> MediationVote:
        names = ("held_on", "way", "household_count", "places", "has_woman")
        return MediationVote(**{name: self.cleaned_data[name] for name in names})

    def votes(self) -> list[tuple[Member, int]]:
        counted = [(member, self.cleaned_data[f"votes-{member.pk}"]) for member in self.members]
        return [(member, votes) for member, votes in counted if votes is not None]
