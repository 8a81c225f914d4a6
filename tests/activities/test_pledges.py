"""Pledges: counted by area and kind of signer, set against what there is, and signed by phone without a name."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.activities import pledge_progress as progress
from luytre.activities.models import DigitalSignatures, PledgeCampaign, PledgeCount, UsedToken
from luytre.activities.models.pledges import AllHaveSigned, NotTakenHere
from luytre.areas.models import Scope
from luytre.audit.models import AuditEntry
from luytre.common.periods import Window
from luytre.reporting import rollup
from tests.activities.taking_part import (
    PledgeCampaignFactory,
    PledgeCountFactory,
    SignerKindFactory,
    UnitCountFactory,
)
from tests.factories import commune, province, residential, user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def here():
    return commune("Mường Phăng", code="03325")


@pytest.fixture
def hamlet(here):
    return residential("Bản Che Căn", parent=here)


def scope(area) -> Scope:
    return Scope((area.path,), TODAY)


def tallies(found: progress.Progress) -> dict[str, tuple[int, int | None]]:
    return {
        line.place.name if line.place else "": (line.tallies[0].signed, line.tallies[0].units) for line in found.lines
    }


def test_counts_of_an_area_add_up_beside_what_there_is(here, hamlet):
    other = residential("Bản Bua", parent=here)
    campaign = PledgeCampaignFactory(area=here)
    PledgeCountFactory(campaign=campaign, area=hamlet, signed_count=30)
    PledgeCountFactory(campaign=campaign, area=hamlet, signed_count=15)
    PledgeCountFactory(campaign=campaign, area=here, signed_count=2)
    UnitCountFactory(area=hamlet, unit_count=50, as_of=date(2025, 1, 1))
    UnitCountFactory(area=hamlet, unit_count=60, as_of=date(2026, 1, 1))
    UnitCountFactory(area=hamlet, unit_count=90, as_of=date(2027, 1, 1))
    UnitCountFactory(area=other, unit_count=40)
    found = progress.of(campaign, scope=scope(here))
    assert tallies(found) == {"Bản Che Căn": (45, 60), "Bản Bua": (0, 40), "": (2, None)}
    assert found.lines[1].tallies[0].share == Decimal(75)
    assert found.whole[0].signed == 47
    assert found.whole[0].share is None  # two signatures stand where nobody has said of how many


def test_the_head_of_an_area_sees_that_area_alone(here, hamlet):
    campaign = PledgeCampaignFactory(area=here)
    PledgeCountFactory(campaign=campaign, area=residential("Bản Bua", parent=here))
    assert tallies(progress.of(campaign, scope=scope(hamlet))) == {"Bản Che Căn": (0, None)}


def test_a_campaign_of_the_province_is_seen_commune_by_commune(here, hamlet):
    campaign = PledgeCampaignFactory(area=province())
    PledgeCountFactory(campaign=campaign, area=hamlet, signed_count=5)
    found = tallies(progress.of(campaign, scope=scope(province())))
    assert found["Mường Phăng"] == (5, None)


def test_how_far_it_is_takes_as_many_questions_for_many_areas(here, django_assert_max_num_queries):
    campaign = PledgeCampaignFactory(area=here)
    for number in range(12):
        place = residential(f"Bản {number}", parent=here)
        PledgeCountFactory(campaign=campaign, area=place)
        UnitCountFactory(area=place)
    with django_assert_max_num_queries(7):
        assert len(progress.of(campaign, scope=scope(here)).lines) == 12


def test_campaigns_reach_down_and_not_aside(here, hamlet):
    mine, above, aside = (
        PledgeCampaignFactory(area=here),
        PledgeCampaignFactory(area=province()),
        PledgeCampaignFactory(),
    )
    assert set(PledgeCampaign.objects.readable(scope(hamlet))) == {mine, above}
    assert aside not in PledgeCampaign.objects.readable(scope(here))


# by phone


def digital(here, **fields):
    return PledgeCampaignFactory(area=here, is_digital=True, wording="Gia đình tôi cam kết …", **fields)


def test_a_tap_counts_once_and_leaves_a_number(here, hamlet):
    campaign, household = digital(here), SignerKindFactory()
    assert campaign.sign(token="abc", area=hamlet, signer=household, on=TODAY)
    assert not campaign.sign(token="abc", area=hamlet, signer=household, on=TODAY)
    assert campaign.sign(token="def", area=hamlet, signer=household, on=TODAY)
    assert DigitalSignatures.objects.get().signed_count == 2
    assert campaign.signed(hamlet, household) == 2


def test_no_more_sign_by_phone_than_there_are(here, hamlet):
    campaign, household = digital(here), SignerKindFactory()
    UnitCountFactory(area=hamlet, unit_count=2)
    PledgeCountFactory(campaign=campaign, area=hamlet, signed_count=1)
    assert campaign.sign(token="a", area=hamlet, signer=household, on=TODAY)
    with pytest.raises(AllHaveSigned):
        campaign.sign(token="b", area=hamlet, signer=household, on=TODAY)
    assert UsedToken.objects.count() == 1


@pytest.mark.parametrize("wrong", ["over", "on paper only", "elsewhere", "another kind"])
def test_a_signature_that_the_campaign_does_not_take_is_refused(here, hamlet, wrong):
    campaign, signer, place, day = digital(here), SignerKindFactory(), hamlet, TODAY
    if wrong == "over":
        day = date(2027, 1, 1)
    elif wrong == "on paper only":
        campaign.is_digital = False
    elif wrong == "elsewhere":
        place = residential(parent=commune())
    else:
        signer = SignerKindFactory(code="school", vi_name="Trường học")
    with pytest.raises(NotTakenHere):
        campaign.sign(token="a", area=place, signer=signer, on=day)


@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
def test_a_resident_signs_on_the_public_page(client, here, hamlet):
    campaign = digital(here)
    address = reverse("portal:pledge", args=[campaign.public_code])
    assert campaign.name in client.get(reverse("portal:pledges"), {"q": "muong phang"}).content.decode()
    page = client.get(address)
    answers = {"area": hamlet.code, "signer": "household", "token": page.context["form"].initial["token"]}
    assert client.post(address, {**answers, "area": ""}).status_code == 422
    assert "Bạn đã ký" in client.post(address, answers).content.decode()
    assert "Bạn đã ký" in client.post(address, answers).content.decode()  # a double tap
    assert "Máy này đã ký" in client.get(address).content.decode()
    assert "I sign" not in client.get(address, {"again": "1"}).content.decode()
    assert client.get(address, {"again": "1"}).context["has_signed"] is False
    assert DigitalSignatures.objects.get().signed_count == 1


@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
def test_a_campaign_that_is_over_or_on_paper_has_no_public_page(client, here):
    over, paper = digital(here, closes_on=date(2026, 11, 19)), PledgeCampaignFactory(area=here)
    for campaign in (over, paper):
        assert client.get(reverse("portal:pledge", args=[campaign.public_code])).status_code == 404


# pages of those who count


def head_of(client, hamlet):
    client.force_login(user(Role.AREA_HEAD, area=hamlet), backend="luytre.accounts.backends.SignInBackend")
    return client


@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
def test_the_head_of_an_area_writes_a_number_and_sees_the_share(client, here, hamlet):
    campaign = PledgeCampaignFactory(area=here)
    UnitCountFactory(area=hamlet, unit_count=60)
    head = head_of(client, hamlet)
    assert campaign.name in head.get(reverse("activities:pledges")).content.decode()
    address = reverse("activities:pledge-count", args=[campaign.pk])
    form = head.get(address).context["form"]
    answers = {
        "campaign": campaign.pk, "area": hamlet.pk, "signer": SignerKindFactory().pk, "counted_on": "2026-11-20",
        "signed_count": 45, "signed_qualifier": "exact", "uid": str(form.instance.uid),
    }  # fmt: skip
    assert head.post(address, {**answers, "signed_count": ""}).status_code == 422
    answer = head.post(address, answers, follow=True)
    assert "45 trên 60 hộ (75 %)" in answer.content.decode()
    assert head.post(address, answers).status_code == 302
    assert PledgeCount.objects.count() == 1
    assert head.post(address, {**answers, "uid": "", "signed_count": 16}).status_code == 422  # 61 of 60
    assert AuditEntry.objects.filter(verb="added", subject_type="activities.pledgecount").count() == 1


@time_machine.travel("2026-11-20 09:00:00+07:00", tick=False)
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"counted_on": "2026-11-21"}, "counted_on"),
        ({"counted_on": "2026-09-30"}, "counted_on"),
        ({"signer": "school"}, "signer"),
        ({"area": "elsewhere"}, "area"),
    ],
)
def test_what_does_not_fit_the_campaign_is_said_at_the_field(client, here, hamlet, wrong, field):
    client.force_login(user(Role.PROVINCE_DESK, area=province()), backend="luytre.accounts.backends.SignInBackend")
    campaign = PledgeCampaignFactory(area=here)
    school = SignerKindFactory(code="school", vi_name="Trường học")
    given = {"school": school.pk, "elsewhere": commune().code}
    answers = {
        "campaign": campaign.pk, "area": hamlet.code, "signer": SignerKindFactory().pk, "counted_on": "2026-11-20",
        "signed_count": 4, "signed_qualifier": "exact",
        **{name: given.get(value, value) for name, value in wrong.items()},
    }  # fmt: skip
    answer = client.post(reverse("activities:pledge-counts-add"), answers)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_the_board_has_the_numbers_and_the_code(client, here, hamlet):
    campaign = digital(here, closes_on=date(2030, 1, 1))
    PledgeCountFactory(campaign=campaign, area=hamlet, signed_count=33)
    page = head_of(client, hamlet).get(reverse("activities:pledge-board", args=[campaign.pk])).content.decode()
    assert "33" in page
    assert "data:image/svg+xml" in page
    assert campaign.public_code in page


def test_a_head_of_another_commune_sees_nothing_of_it(client, here):
    campaign = PledgeCampaignFactory(area=here)
    head = head_of(client, residential(parent=commune()))
    for name in ("pledge-progress", "pledge-board", "pledge-count"):
        assert head.get(reverse(f"activities:{name}", args=[campaign.pk])).status_code == 404


# figures


YEAR = Window(date(2025, 12, 15), date(2026, 12, 14))


def total(area, code, window=YEAR):
    return rollup.total(area, code, window).value


def test_signatures_by_paper_and_phone_count_in_their_window(here, hamlet):
    call_command("sync_catalogue", verbosity=0)
    campaign = digital(here)
    PledgeCountFactory(campaign=campaign, area=hamlet, signed_count=30)
    campaign.sign(token="a", area=hamlet, signer=SignerKindFactory(), on=TODAY)
    assert total(here, "pledges_signed") == 31
    assert total(province(), "pledges_signed") == 31
    assert total(province(), "pledges_signed", Window(date(2026, 11, 15), date(2026, 12, 14))) == 1


def test_a_household_that_signed_twice_in_a_year_is_one(here, hamlet):
    call_command("sync_catalogue", verbosity=0)
    first, second = digital(here), PledgeCampaignFactory(area=here)
    lodging = SignerKindFactory(code="lodging", vi_name="Nhà trọ")
    PledgeCountFactory(campaign=first, area=hamlet, signed_count=30)
    first.sign(token="a", area=hamlet, signer=SignerKindFactory(), on=TODAY)
    PledgeCountFactory(campaign=second, area=hamlet, signed_count=20)
    PledgeCountFactory(campaign=second, area=hamlet, signed_count=4, signer=lodging)
    PledgeCountFactory(campaign=second, area=residential("Bản Bua", parent=here), signed_count=7)
    assert total(here, "pledges_households") == 31 + 7
    assert total(province(), "pledges_businesses") == 4
    assert total(here, "pledges_households", Window(date(2026, 12, 15), date(2027, 1, 14))) == 0  # a new year
