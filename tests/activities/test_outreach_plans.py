"""Sessions planned ahead, campaigns, materials used: what counts and what does not."""

from datetime import date, time

import pytest
from django.test import Client
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.activities import progress
from luytre.activities.models import (
    Airing,
    Campaign,
    Channel,
    LoudspeakerSlot,
    OutreachSession,
    PlannedSession,
    Room,
)
from luytre.activities.models.campaigns import MonthOutside
from luytre.activities.models.outreach_plans import AlreadySettled
from luytre.activities.models.posts import AlreadyTold, NotYet
from luytre.areas.models import Area, Scope
from luytre.bulletins import usage
from luytre.common import periods
from luytre.reporting import rollup
from tests.activities.factories import (
    CampaignFactory,
    LoudspeakerSlotFactory,
    OutreachPostFactory,
    OutreachSessionFactory,
    PlannedSessionFactory,
    TopicFactory,
)
from tests.bulletins.factories import published
from tests.factories import UserFactory, commune, province, residential, user

pytestmark = pytest.mark.django_db
NOVEMBER = periods.Window(date(2026, 11, 1), date(2026, 11, 30))
NOW = timezone.make_aware(timezone.datetime(2026, 11, 20, 9))


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> Client:
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    return client


def figure(area: Area, code: str) -> int:
    return rollup.total(area, code, NOVEMBER).value


def test_a_planned_session_counts_in_no_figure_until_it_is_held(here):
    planned = PlannedSessionFactory(area=here, planned_on=date(2026, 11, 3))
    assert figure(here, "outreach_sessions") == 0
    planned.hold(OutreachSessionFactory(area=here), by=UserFactory(), at=NOW)
    assert figure(here, "outreach_sessions") == 1
    assert not PlannedSession.objects.waiting().exists()


def test_a_planned_session_is_settled_once():
    planned = PlannedSessionFactory()
    planned.cancel(by=UserFactory(), on=date(2026, 11, 4), reason="mưa lớn")
    with pytest.raises(AlreadySettled):
        PlannedSession.objects.get().hold(OutreachSessionFactory(), by=UserFactory(), at=NOW)
    with pytest.raises(AlreadySettled):
        Room.open(PlannedSession.objects.get(), by=UserFactory(), at=NOW, until=NOW)


def test_taps_and_answers_are_never_added_to_the_head_count(officer, here):
    planned = PlannedSessionFactory(area=here, planned_on=date(2026, 11, 3))
    at = timezone.now()
    room = Room.open(planned, by=UserFactory(), at=at, until=at + timezone.timedelta(hours=2))
    for _ in range(5):
        room.come_in(room.ticket(), at=at)
    page = officer.get(f"/activities/planned-sessions/{planned.pk}/holding/").content.decode()
    assert "5 điện thoại đã bấm" in page
    answers = {"held_on": "2026-11-03", "area": here.pk, "place": "Trường học", "topics": [TopicFactory().pk]}
    answers |= {"attendance": 4, "attendance_qualifier": "exact", "setting": "group", "form": "talk"}
    answers |= {"audience": "pupils", "school_class": "lớp 8A"}
    answer = officer.post(f"/activities/planned-sessions/{planned.pk}/holding/", answers)
    session = OutreachSession.objects.get()
    assert answer["Location"].endswith(f"/outreach-sessions/{session.pk}/")
    assert figure(here, "outreach_attendances") == figure(here, "outreach_pupil_attendances") == 4
    assert "5, đã nằm trong số đếm đầu người" in officer.get(answer["Location"]).content.decode()


def test_a_session_held_twice_by_a_double_tap_is_recorded_once(officer, here):
    planned = PlannedSessionFactory(area=here, planned_on=date(2026, 11, 3))
    answers = {"held_on": "2026-11-03", "area": here.pk, "place": "Trường học", "topics": [TopicFactory().pk]}
    answers |= {"attendance": 4, "attendance_qualifier": "exact", "setting": "group", "form": "talk"}
    answers |= {"audience": "residents"}
    address = f"/activities/planned-sessions/{planned.pk}/holding/"
    assert [officer.post(address, answers).status_code for _ in range(2)] == [302, 422]
    assert OutreachSession.objects.count() == 1


def test_a_class_without_pupils_is_refused(officer, here):
    answers = {"held_on": "2026-11-03", "area": here.pk, "place": "Trường học", "topics": [TopicFactory().pk]}
    answers |= {"attendance": 4, "attendance_qualifier": "exact", "setting": "group", "form": "talk"}
    answers |= {"audience": "residents", "school_class": "lớp 8A"}
    assert officer.post("/activities/outreach-sessions/new/", answers).status_code == 422


def test_a_campaign_knows_its_months_and_how_far_it_is(here):
    campaign = CampaignFactory(area=here, first_day=date(2026, 10, 20), last_day=date(2026, 12, 5))
    campaign.plan_months({date(2026, 11, 1): 2, date(2026, 12, 1): 1}, by=UserFactory())
    OutreachSessionFactory(area=here, campaign=campaign, attendance=30)
    PlannedSessionFactory(area=here, campaign=campaign, planned_on=date(2026, 11, 28))
    lines = progress.of(campaign)
    assert [line.name for line in lines] == ["10/2026", "11/2026", "12/2026"]
    assert lines[1] == progress.Line("11/2026", meant=2, held=1, to_come=1, attendances=30)
    assert [step.state for step in progress.steps(lines)] == ["next", "later"]


def test_no_aim_lies_outside_the_campaign():
    with pytest.raises(MonthOutside):
        CampaignFactory().plan_months({date(2027, 5, 1): 2}, by=UserFactory())


def test_a_hamlets_session_may_name_the_campaign_of_its_commune_and_province(here):
    mine, above = CampaignFactory(area=here), CampaignFactory(area=province())
    CampaignFactory(area=commune("Mường Kia"))
    hamlet = residential(parent=here)
    scope = Scope((hamlet.path,), date(2026, 11, 20))
    assert set(Campaign.objects.reaching(scope)) == {mine, above}


def test_the_pages_of_a_campaign(officer, here):
    campaign = CampaignFactory(area=here)
    months = {f"m2026{month}": 3 for month in (10, 11, 12)}
    assert officer.post(f"/activities/campaigns/{campaign.pk}/months/", months).status_code == 302
    page = officer.get(f"/activities/campaigns/{campaign.pk}/progress/").content.decode()
    assert "đã tổ chức 0 trên 3 buổi" in page
    assert officer.get(f"/activities/campaigns/{CampaignFactory().pk}/progress/").status_code == 404


def test_a_loudspeaker_slot_counts_once_it_was_played(here):
    slot, missed = LoudspeakerSlotFactory(area=here), LoudspeakerSlotFactory(area=here)
    assert figure(here, "outreach_loudspeaker_broadcasts") == 0
    today = date(2026, 11, 20)
    slot.tell(Airing.Outcome.PLAYED, by=UserFactory(), at=NOW, on=today)
    missed.tell(Airing.Outcome.MISSED, by=UserFactory(), at=NOW, on=today, reason="mất điện")
    assert figure(here, "outreach_loudspeaker_broadcasts") == 1
    with pytest.raises(AlreadyTold):
        slot.tell(Airing.Outcome.MISSED, by=UserFactory(), at=NOW, on=today)


def test_nobody_says_that_a_slot_to_come_was_played():
    slot = LoudspeakerSlotFactory(slot_on=date(2026, 12, 24), slot_at=time(17))
    with pytest.raises(NotYet):
        slot.tell(Airing.Outcome.PLAYED, by=UserFactory(), at=NOW, on=date(2026, 11, 20))


def test_the_page_of_a_slot_asks_why_it_was_not_played(officer, here):
    slot = LoudspeakerSlotFactory(area=here)
    address = f"/activities/loudspeaker-slots/{slot.pk}/outcome/"
    assert "Bà con chú ý" in officer.get(address).content.decode()
    assert officer.post(address, {"outcome": "missed"}).status_code == 422
    assert officer.post(address, {"outcome": "missed", "reason": "mất điện"}).status_code == 302
    assert LoudspeakerSlot.objects.get().airing.reason == "mất điện"


def test_posts_of_ones_own_pages_are_counted(here):
    OutreachPostFactory(area=here)
    OutreachPostFactory(area=here, channel=Channel.PRESS)
    assert figure(here, "outreach_social_posts") == 1


def test_the_reach_of_a_material_counts_each_session_once(here):
    material = published()
    session = OutreachSessionFactory(area=here, attendance=40)
    session.materials.set([material, published()])
    OutreachSessionFactory(area=here, attendance=25).materials.set([material])
    assert [count for _label, count in usage.of(material)] == [0, 2, 65, 0]
