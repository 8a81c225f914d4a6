"""Shape and cleaning of what people write about guard teams."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Level
from luytre.registry.forms.endings import is_to_come
from luytre.registry.models import GuardTeam
from luytre.registry.models.guard_teams import FORCE_SINCE
from luytre.ui.forms import ScopedForm

COUNTS = ("member_count", "member_qualifier")


class GuardTeamForm(ScopedForm[GuardTeam]):
    more = ("covers", "decision", *COUNTS)

    class Meta:
        model = GuardTeam
        fields = ["area", "name", "founded_on", "decision", "covers", *COUNTS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # a number that changed is counted anew, so that the past stays
            for name in COUNTS:
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, area, covers = cleaned.get("founded_on"), cleaned.get("area"), cleaned.get("covers")
        if is_to_come(self, day):
            self.add_error("founded_on", _("This day is still to come. Record the team when it has been set up."))
        if day and day < FORCE_SINCE:
            message = _("The law on this force began on 1 July 2024. Record an older force among the groups.")
            self.add_error("founded_on", message)
        if area and covers and any(not one.path.startswith(area.path) for one in covers):
            self.add_error("covers", _("A team covers residential areas of its own place. Take the others out."))
        if covers and any(one.level != Level.RESIDENTIAL for one in covers):
            self.add_error("covers", _("Choose residential areas only."))
        return cleaned
