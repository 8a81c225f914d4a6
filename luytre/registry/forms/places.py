"""Shape and cleaning of what people write about public places."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.registry.models.places import Place, rounded
from luytre.ui.forms import ScopedForm


class DegreesField(forms.DecimalField):
    """Degrees as maps write them, with a point or a comma, however many digits; kept with four."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        number = super().to_python(value.replace(",", ".").strip(" °") if isinstance(value, str) else value)
        return None if number is None else rounded(number)


class PlaceForm(ScopedForm[Place]):
    latitude = DegreesField(
        label=_("Latitude"), min_value=6, max_value=24, help_text=_("degrees north, for example 21.3861")
    )
    longitude = DegreesField(
        label=_("Longitude"), min_value=102, max_value=118, help_text=_("degrees east, for example 103.0163")
    )

    class Meta:
        model = Place
        fields = ["kind", "name", "area", "latitude", "longitude"]
