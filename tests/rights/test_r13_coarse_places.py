"""R13: exact points only for public places; nothing about people has one, and none is finer than a building."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction

from luytre.common.text import fold
from luytre.registry.catalogue import read
from luytre.registry.forms.places import PlaceForm
from luytre.registry.models import Place
from luytre.ui.api import out
from luytre.ui.registers import of_model
from tests.registry.factories import PlaceFactory

POINTS = {"latitude", "longitude", "lat", "lon", "lng", "point", "location", "coordinates", "geometry", "toa_do"}
MAY_HAVE_POINTS = {"areas.Area", "registry.Place"}  # the middle of a commune; a public place
HOMES = ("nha rieng", "nha o", "ho gia dinh", "home", "household", "residence", "phong tro", "lodging")


def test_only_places_and_public_places_have_a_point() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("luytre.")]
    pointed = {model._meta.label for model in ours if POINTS & {field.name for field in model._meta.get_fields()}}
    assert pointed <= MAY_HAVE_POINTS


def test_no_kind_of_public_place_is_a_home() -> None:
    for row in read("place_kinds.csv"):
        words = fold(f"{row['code']} {row['vi_name']} {row['en_name']}")
        assert not [home for home in HOMES if home in words], words


@pytest.mark.django_db
def test_a_point_is_kept_with_four_digits_however_exact_it_was_typed() -> None:
    place = PlaceFactory(latitude=Decimal("21.38614999"), longitude=Decimal("103.0163789"))
    place.refresh_from_db()
    assert (place.latitude, place.longitude) == (Decimal("21.3861"), Decimal("103.0164"))


@pytest.mark.django_db
def test_what_a_program_reads_is_no_finer() -> None:
    place = PlaceFactory(latitude=Decimal("21.38614999"), longitude=Decimal("103.0163789"))
    register = of_model(Place)
    assert register
    place.refresh_from_db()
    values = out(register, place)["values"]
    for name in ("latitude", "longitude"):
        assert -Decimal(str(values[name])).as_tuple().exponent <= 4


def test_the_form_takes_a_comma_and_rounds() -> None:
    field = PlaceForm.base_fields["latitude"]
    assert field.clean("21,38614999") == Decimal("21.3861")


@pytest.mark.django_db
def test_no_point_lies_outside_the_country() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFactory(latitude=Decimal("48.8"), longitude=Decimal("2.3"))


def test_a_place_belongs_to_no_person() -> None:
    for name in ("person", "owner", "household", "member", "address"):
        with pytest.raises(FieldDoesNotExist):
            Place._meta.get_field(name)
