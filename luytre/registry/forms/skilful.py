"""The form of a model of skilful mass mobilisation."""

from typing import Any

from django.utils.translation import gettext as _

from luytre.areas.models import Level
from luytre.registry.forms.endings import is_to_come
from luytre.registry.models import SkilfulWork
from luytre.ui.forms import ScopedForm


class SkilfulWorkForm(ScopedForm[SkilfulWork]):
    area_levels = (Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL)

    class Meta:
        model = SkilfulWork
        fields = ["name", "area", "field", "body", "registered_on", "recognised_on", "level", "decision"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        registered, recognised = cleaned.get("registered_on"), cleaned.get("recognised_on")
        if is_to_come(self, registered):
            self.add_error("registered_on", _("This day is still to come. Record it when it has been registered."))
        if registered and recognised and recognised < registered:
            self.add_error("recognised_on", _("It was recognised before it was registered. Correct one of the two."))
        if recognised and not cleaned.get("level"):
            self.add_error("level", _("Say at which level it was recognised."))
        if cleaned.get("level") and not recognised and "recognised_on" not in self.errors:
            self.add_error("recognised_on", _("Say on which day it was recognised, or leave the level empty."))
        return cleaned
