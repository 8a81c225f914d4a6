"""Shape and cleaning of what people write about public places."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area
from luytre.registry.models.places import Place, rounded
from luytre.ui.forms import ScopedForm


class DegreesField(forms.DecimalField):
    """Degrees as maps write them, with a point or a comma, however many digits; kept with four."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        number = super().to_python(value.replace(",", ".").strip(" °") if isinstance(value, str) else value)
        return None if number is None else rounded(number)


def check_public_place(form: ScopedForm[Any], cleaned: dict[str, Any]) -> None:
    """What names a public place stands in the commune of that place."""
    place, area = cleaned.get("public_place"), cleaned.get("area")
    if place and area and commune_of(place.area, form.scope.on) != commune_of(area, form.scope.on):
        form.add_error("public_place", _("This public place is in another commune. Choose one of the same commune."))


def commune_of(area: Area, day: date) -> list[str]:
    """Nation, province, commune: the start of the way to an area on a day."""
    return (area.path_on(day) or area.path).split(".")[:3]


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
