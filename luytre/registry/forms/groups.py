"""Shape and cleaning of what people write about groups."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area
from luytre.registry.forms.endings import is_to_come
from luytre.registry.models import GroupCount, WatchGroup
from luytre.ui.forms import AreasChoiceField, ScopedForm


class WatchGroupForm(ScopedForm[WatchGroup]):
    more = ("decision", "partners", "site", "team_count", "team_qualifier", "member_qualifier")
    anywhere = ("partners",)

    partners = AreasChoiceField(
        queryset=Area.objects.none(),
        label=_("areas that take part"),
        required=False,
        help_text=_("codes or names of communes, parted by “;”; also those of other provinces"),
    )

    class Meta:
        model = WatchGroup
        fields = [
            "kind",
            "area",
            "name",
            "founded_on",
            "decision",
            "partners",
            "site",
            "team_count",
            "team_qualifier",
            "member_count",
            "member_qualifier",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # numbers that changed are counted anew, so that the past stays
            for name in GroupCount.NUMBERS:
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, day = cleaned.get("kind"), cleaned.get("founded_on")
        if is_to_come(self, day):
            self.add_error("founded_on", _("This day is still to come. Record the group when it has been founded."))
        if kind and cleaned.get("partners") and not kind.is_cluster:
            self.add_error("partners", _("Only a cluster has other areas that take part. Leave this empty."))
        if kind and day and kind.last_collected_on and day > kind.last_collected_on:
            message = _("This kind ended on %(day)s. Choose the kind that took its place.")
            self.add_error("kind", message % {"day": f"{kind.last_collected_on:%d/%m/%Y}"})
        return cleaned
