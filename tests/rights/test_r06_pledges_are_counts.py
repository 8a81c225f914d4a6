"""R6: taking part is voluntary. Pledges are numbers; there is no list of who signed, and none of who did not."""

import re
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.activities.models import DigitalSignatures, PledgeCampaign, PledgeCount, UnitCount, UsedToken
from luytre.audit.models import AuditEntry
from tests.activities.taking_part import PledgeCampaignFactory, PledgeCountFactory, SignerKindFactory, UnitCountFactory
from tests.factories import commune, residential, user

PLEDGES = (PledgeCampaign, PledgeCount, DigitalSignatures, UsedToken, UnitCount)
MAY_LEAD_TO = {"Area", "PledgeCampaign", "SignerKind", "PledgeTopic"}
KEEPERS = {"created_by", "removed_by"}
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("model", PLEDGES)
def test_no_relation_leads_from_a_signature_to_a_household_or_person(model):
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    leads_to = {field.related_model.__name__ for field in fields if field.related_model and field.name not in KEEPERS}
    assert leads_to <= MAY_LEAD_TO


def test_no_table_of_the_house_points_at_a_signature():
    """A household or person that pointed here would make the list the other way round."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model in PLEDGES:
                assert model in PLEDGES, f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize("model", PLEDGES)
def test_no_column_has_room_for_a_name_or_for_who_is_missing(model):
    names = {field.name for field in model._meta.concrete_fields}
    said = " ".join(names - {"name", "folded", "sort_key"})
    assert not re.search(r"full_name|person|household_id|address|phone|unsigned|missing|refus|absent", said)


def test_a_used_code_tells_no_day_no_area_and_no_order():
    assert {field.name for field in UsedToken._meta.concrete_fields} == {"id", "campaign", "token_hash"}
    assert UsedToken._meta.pk.get_internal_type() == "UUIDField"


@pytest.mark.django_db
def test_codes_of_two_campaigns_cannot_be_joined():
    """The same phone, the same code, two campaigns: nothing in common (R16)."""
    here = commune()
    one, other = (PledgeCampaignFactory(area=here, is_digital=True, wording="…") for _each in range(2))
    place, signer = residential(parent=here), SignerKindFactory()
    for campaign in (one, other):
        assert campaign.sign(token="the same phone", area=place, signer=signer, on=TODAY)
    first, second = UsedToken.objects.values_list("token_hash", flat=True)
    assert first != second
    assert "the same phone" not in first + second


@pytest.mark.django_db
@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
def test_signing_by_phone_leaves_no_trace_of_who(client):
    here = commune()
    campaign = PledgeCampaignFactory(area=here, is_digital=True, wording="…")
    place = residential(parent=here)
    SignerKindFactory()
    address = reverse("portal:pledge", args=[campaign.public_code])
    answers = {"area": place.code, "signer": "household", "token": "abc"}
    client.post(address, answers, headers={"user-agent": "Telling/1.0", "x-forwarded-for": "198.51.100.9"})
    rows = [*DigitalSignatures.objects.values(), *UsedToken.objects.values(), *AuditEntry.objects.values()]
    said = str(rows)
    for trace in ("Telling", "198.51", "127.0.0.1", "abc"):
        assert trace not in said
    assert AuditEntry.objects.get(verb="signed").actor == "the public"
    cookie = client.cookies[f"luytre_pledge_{campaign.public_code}"]
    assert (cookie.value, cookie["path"]) == ("1", address)


@pytest.mark.django_db
def test_codes_go_when_the_campaign_is_over():
    from luytre.accounts import retention

    campaign = PledgeCampaignFactory(is_digital=True, wording="…", closes_on=date(2026, 12, 1))
    UsedToken.take(campaign, "abc")
    retention.erase_due(today=date(2026, 12, 31))
    assert UsedToken.objects.exists()
    retention.erase_due(today=date(2027, 1, 1))
    assert not UsedToken.objects.exists()


@pytest.mark.django_db
@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
def test_no_page_names_who_has_not_signed(client):
    """The pages say how many and of how many; what is left is said nowhere, neither as names nor as a number."""
    here = commune()
    place = residential("Bản Che Căn", parent=here)
    campaign = PledgeCampaignFactory(area=here)
    UnitCountFactory(area=place, unit_count=60)
    PledgeCountFactory(campaign=campaign, area=place, signed_count=43)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    for name in ("pledge-progress", "pledge-board"):
        page = client.get(reverse(f"activities:{name}", args=[campaign.pk])).content.decode()
        assert "43 / 60" in page
        assert not re.search(r"\b17\b|chưa ký (gồm|là)|còn thiếu|danh sách (hộ|người) chưa", page)
