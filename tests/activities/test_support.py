"""Offers of help: open ones are public with how to take them up; uptake is a number for a month."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.activities.models import HelpKind, SupportOffer, SupportUptake
from luytre.common.periods import Window
from luytre.reporting import rollup
from tests.activities.taking_part import SupportOfferFactory, SupportUptakeFactory
from tests.factories import commune, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return commune("Mường Phăng", code="03325")


@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
def test_open_offers_are_public_with_how_to_take_them_up(client, here):
    SupportOfferFactory(area=here)
    SupportOfferFactory(area=here, title="Nấu ăn", open_until=date(2026, 11, 19))
    SupportOfferFactory(area=here, title="Cơ khí", open_from=date(2026, 11, 21))
    page = client.get(reverse("portal:offers")).content.decode()
    assert "May công nghiệp" in page
    assert "Đến hợp tác xã trong giờ làm việc" in page
    assert "Nấu ăn" not in page
    assert "Cơ khí" not in page
    assert "May công nghiệp" in client.get(reverse("portal:offers"), {"q": "muong phang"}).content.decode()
    assert "Không tìm thấy" in client.get(reverse("portal:offers"), {"q": "khong co"}).content.decode()


def test_the_empty_page_says_where_to_ask(client):
    assert "Ủy ban nhân dân xã" in client.get(reverse("portal:offers")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"taken_count": 9}, "taken_count"), ({"amount_vnd": 5}, "amount_vnd"), ({"month": "2099-01-01"}, "month")],
)
def test_an_uptake_that_cannot_be_is_refused(client, here, wrong, field):
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    offer = SupportOfferFactory(area=here)
    answers = {"offer": offer.pk, "month": "2026-10-05", "taken_count": 2, "amount_vnd": 0, **wrong}
    answer = client.post(reverse("activities:support-uptakes-add"), answers)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_uptake_counts_in_its_month_by_kind(here):
    call_command("sync_catalogue", verbosity=0)
    job, loan = SupportOfferFactory(area=here), SupportOfferFactory(area=here, kind=HelpKind.LOAN)
    SupportUptakeFactory(offer=job, month=date(2026, 10, 7), taken_count=3)
    SupportUptakeFactory(offer=loan, month=date(2026, 10, 7), taken_count=2, amount_vnd=40_000_000)
    SupportUptakeFactory(offer=job, month=date(2026, 8, 7), taken_count=5)
    window = Window(date(2026, 10, 1), date(2026, 10, 31))
    found = {
        code: rollup.total(here, code, window).value
        for code in ("reintegration_jobs_created", "reintegration_loans_persons", "reintegration_loans_vnd")
    }
    assert list(found.values()) == [3, 2, 40_000_000]
    assert job.taken_count == 8


@pytest.mark.parametrize("model", [SupportOffer, SupportUptake])
def test_no_person_stands_behind_an_offer_or_its_uptake(model):
    """Nothing in either table points to anybody but to those who keep the record."""
    people = {
        field.name
        for field in model._meta.concrete_fields
        if field.related_model and field.related_model.__name__ == "User"
    }
    assert people == {"created_by", "removed_by"}
