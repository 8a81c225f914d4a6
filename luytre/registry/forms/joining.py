"""What a resident writes to join, and what the commune answers."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Level, Scope
from luytre.common.text import fold
from luytre.registry.forms.decisions import RULE
from luytre.registry.models import GroupKind, GuardTeam, JoinRequest, WatchGroup
from luytre.ui.forms import AreaChoiceField, AreaInput


class PlaceField(AreaChoiceField):
    """A commune by its name, as people say it: "Mường Phăng"."""

    def candidates(self, typed: str) -> list[Area]:
        name, code = fold(typed), typed.rsplit("(", 1)[-1].rstrip(")").strip()
        named = self.places.filter(Q(folded=name) | Q(folded__endswith=f" {name}"))
        return list(self.places.filter(code=code)[:5]) or list(named[:5])


class JoinForm(forms.ModelForm[JoinRequest]):
    area = PlaceField(
        queryset=Area.objects.none(), label=_("Where do you live?"), help_text=_("your commune or ward, by name")
    )
    agrees = forms.BooleanField(label=_("I have read this and agree."))

    class Meta:
        model = JoinRequest
        fields = ["area", "kind", "full_name", "phone"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = Area.objects.on(today).filter(level=Level.COMMUNE)
        area, kind = self.fields["area"], self.fields["kind"]
        if isinstance(area, AreaChoiceField):
            area.queryset = communes.select_related("parent")
            area.widget = AreaInput([])
        if isinstance(kind, forms.ModelChoiceField):
            kind.queryset = GroupKind.objects.collected_on(today).filter(is_cluster=False)
            kind.empty_label = str(_("wherever I am needed"))


class JoinAnswerForm(forms.Form):
    """Into which team or group, or why not."""

    group = forms.ModelChoiceField(WatchGroup.objects.none(), label=_("Into this group"), required=False)
    team = forms.ModelChoiceField(GuardTeam.objects.none(), label=_("Into this guard team"), required=False)
    reason = forms.CharField(label=_("Or: why not"), max_length=300, required=False)
    rule = forms.CharField(label=_("Rule it rests on"), max_length=200, required=False, help_text=RULE)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group, team = self.fields["group"], self.fields["team"]
        if isinstance(group, forms.ModelChoiceField) and isinstance(team, forms.ModelChoiceField):
            group.queryset = WatchGroup.objects.within(scope).serving_on(scope.on).order_by("sort_key")
            team.queryset = GuardTeam.objects.within(scope).serving_on(scope.on).order_by("sort_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [name for name in ("group", "team", "reason") if cleaned.get(name)]
        if len(chosen) != 1:
            raise forms.ValidationError(_("Choose a group or a guard team, or write why not: one of the three."))
        if chosen == ["reason"] and not cleaned.get("rule"):
            self.add_error("rule", _("A refusal names the rule it rests on."))
        return cleaned
