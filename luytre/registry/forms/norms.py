"""What is asked about rates, equipment, turns, older forces and new kinds of group."""

from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Level, Scope
from luytre.registry.forms.members import day_field
from luytre.registry.models import AllowanceRate, EquipmentItem, GroupKind, WatchGroup
from luytre.ui.forms import AreaChoiceField

M = TypeVar("M", bound=Model)


class ProvincialForm(forms.ModelForm[M]):
    """What a province says from a day on."""

    area = AreaChoiceField(queryset=Area.objects.none(), label=_("Province"))
    valid_from = day_field(_("Valid from"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            area.queryset = Area.objects.within(scope).filter(level=Level.PROVINCE).select_related("parent")


class AllowanceRateForm(ProvincialForm[AllowanceRate]):
    class Meta:
        model = AllowanceRate
        fields = ["area", "position", "amount_vnd", "valid_from", "resolution"]


class EquipmentForm(forms.Form):
    on = day_field(_("Counted on"))

    def __init__(self, *args: Any, items: list[EquipmentItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[item.code] = forms.IntegerField(label=str(item), min_value=0, max_value=999, required=False)

    def counted(self) -> dict[EquipmentItem, int]:
        said = self.cleaned_data
        return {item: said[item.code] for item in self.items if said.get(item.code) is not None}


class TurnForm(forms.Form):
    on = day_field(_("Leads from"))
    head = forms.ModelChoiceField(Area.objects.none(), label=_("Which place leads now?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, group: WatchGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        head = self.fields["head"]
        if isinstance(head, forms.ModelChoiceField):
            parts = Area.objects.filter(pk__in=[group.area_id, *group.partners.values_list("pk", flat=True)])
            head.queryset = parts.order_by("path")
            head.empty_label = None


class PredecessorForm(forms.Form):
    before = forms.ModelChoiceField(WatchGroup.objects.none(), label=_("Older force"))
    on = day_field(_("Day"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = self.fields["before"]
        if isinstance(before, forms.ModelChoiceField):
            old = WatchGroup.objects.within(scope).filter(kind__is_mass=False)
            before.queryset = old.order_by("sort_key")


class GroupKindForm(forms.ModelForm[GroupKind]):
    """A kind that people here know and the list does not; what looks alike is offered first."""

    is_new = forms.BooleanField(label=_("None of these is the same: it is a new kind."), required=False)

    class Meta:
        model = GroupKind
        fields = ["vi_name", "en_name", "aliases", "is_cluster"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[GroupKind] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.alike = list(GroupKind.objects.resembling(cleaned.get("vi_name", ""))[:6])
        if self.alike and not cleaned.get("is_new"):
            self.add_error("is_new", _("Look at the kinds below first. Tick this if none of them is the same."))
        return cleaned
