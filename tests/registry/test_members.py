"""Members: written down with their yes, reached by a look that is written down, forgotten when it is time."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luytre.accounts import retention
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.audit.models import AuditEntry
from luytre.common.periods import months_after
from luytre.registry import catalogue
from luytre.registry.models import Consent, Leaving, Member, TrainingRecord, TrainingTopic
from luytre.registry.models.leavings import AlreadyLeft, LeavesBeforeJoining, NoRuleGiven
from tests.factories import commune, residential, user
from tests.registry.factories import (
    GuardTeamFactory,
    MemberFactory,
    TrainingFactory,
    TrainingTopicFactory,
    WatchGroupFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> Client:
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    return client


def page(name: str, member: Member) -> str:
    return reverse(f"registry:{name}", kwargs={"pk": member.pk})


def test_a_member_comes_with_a_consent(officer, here):
    team = GuardTeamFactory(area=here)
    answers = {"team": team.pk, "full_name": "Lò Văn  Ín", "position": "leader", "serves_from": "2026-03-01"}
    refused = officer.post(reverse("registry:members-add"), answers)
    assert set(refused.context["form"].errors) == {"consented_on", "consent_how"}
    assert not Member.objects.exists()
    agreed = {"consented_on": "2026-02-27", "consent_how": "spoken", "phone": "0912345678"}
    assert officer.post(reverse("registry:members-add"), answers | agreed).status_code == 302
    member, consent = Member.objects.get(), Consent.objects.get()
    assert (member.full_name, member.area, consent.text_version) == ("Lò Văn Ín", here, "2026-11")
    assert list(Member.objects.serving_on(DAY)) == [member]


@pytest.mark.parametrize("both", [True, False])
def test_a_member_belongs_to_one_team_or_one_group(officer, here, both):
    where = {"team": GuardTeamFactory(area=here).pk, "group": WatchGroupFactory(area=here).pk} if both else {}
    answers = {"full_name": "Lò Văn Ín", "position": "member", "serves_from": "2026-03-01"}
    agreed = {"consented_on": "2026-02-27", "consent_how": "paper"}
    refused = officer.post(reverse("registry:members-add"), answers | agreed | where)
    assert set(refused.context["form"].errors) == {"team"}


def test_the_number_is_shown_against_a_purpose_that_is_written_down(officer, here):
    member = MemberFactory(area=here, phone="0912345678")
    for address in (page("members-record", member), page("members-edit", member), reverse("registry:members-list")):
        assert "0912345678" not in officer.get(address).content.decode()
    assert officer.post(page("member-contact", member), {"purpose": ""}).status_code == 422
    answer = officer.post(page("member-contact", member), {"purpose": "duty"})
    assert "0912345678" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(verb="contact_shown")
    assert (entry.subject_id, entry.purpose) == (str(member.pk), "duty")


def test_a_number_is_kept_when_nothing_new_is_written(officer, here):
    member = MemberFactory(area=here, phone="0912345678")
    answers = {"team": member.team_id, "full_name": "Lò Văn Ín", "position": "member", "serves_from": "2025-08-01"}
    officer.post(page("members-edit", member), answers)
    member.refresh_from_db()
    assert (member.full_name, member.phone) == ("Lò Văn Ín", "0912345678")


def test_the_hamlets_head_reaches_members_and_writes_nothing(client, here):
    hamlet = residential(parent=here)
    client.force_login(user(Role.AREA_HEAD, area=hamlet))
    member, elsewhere = MemberFactory(area=hamlet, phone="0912345678"), MemberFactory(phone="0912345679")
    assert page("member-contact", member) in client.get(page("members-record", member)).content.decode()
    assert client.post(page("member-contact", member), {"purpose": "urgent"}).status_code == 200
    assert client.post(page("member-contact", elsewhere), {"purpose": "urgent"}).status_code == 404
    assert client.get(page("member-leaving", member)).status_code == 403


def test_names_stay_in_the_commune(client, here):
    MemberFactory(area=here)
    client.force_login(user(Role.PROVINCE_DESK))
    assert client.get(reverse("registry:members-list")).status_code == 403


def test_leaving_against_their_will_names_the_rule(here):
    member, by = MemberFactory(area=here), user()
    with pytest.raises(NoRuleGiven):
        member.leave(by=by, on=DAY, ground="tasks", reason="bỏ trực ba lần")
    with pytest.raises(LeavesBeforeJoining):
        member.leave(by=by, on=date(2020, 1, 1), ground="wish", reason="bận việc nhà")
    member.leave(by=by, on=DAY, ground="tasks", reason="bỏ trực ba lần", rule="Điều 17 Luật 30/2023")
    with pytest.raises(AlreadyLeft):
        member.leave(by=by, on=DAY, ground="wish", reason="bận việc nhà")
    assert not Member.objects.serving_on(DAY).exists()
    assert Member.objects.serving_on(DAY - timedelta(days=1)).exists()


def test_the_database_asks_for_the_rule_too(here):
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaving.objects.create(member=MemberFactory(area=here), on=DAY, ground="dismissed", reason="x", by=user())


def test_the_pages_of_leaving_training_and_withdrawal(officer, here):
    member, topic = MemberFactory(area=here), TrainingTopicFactory()
    assert (
        officer.post(page("member-training", member), {"held_on": "2199-01-01", "topics": [topic.pk]}).status_code
        == 422
    )
    trained = officer.post(page("member-training", member), {"held_on": "2026-03-01", "topics": [topic.pk]})
    assert trained.status_code == 302
    assert TrainingRecord.objects.get().expires_on == date(2028, 3, 1)
    leaving = {"on": "2026-06-01", "ground": "tasks", "reason": "bỏ trực ba lần"}
    assert officer.post(page("member-leaving", member), leaving).status_code == 422
    assert officer.post(page("member-leaving", member), leaving | {"rule": "Điều 17"}).status_code == 302
    assert officer.post(page("member-withdrawal", member), {"on": "2026-06-02"}).status_code == 422
    assert officer.post(page("member-withdrawal", member), {"on": "2026-06-02", "sure": "on"}).status_code == 302
    member.refresh_from_db()
    assert (member.full_name, member.folded, member.phone) == ("–", "–", "")


def test_who_was_at_a_training_has_its_topics(officer, here):
    member, other = MemberFactory(area=here), MemberFactory(area=here)
    training = TrainingFactory(area=here)
    training.topics.set([TrainingTopicFactory(), TrainingTopicFactory(code="fire_rescue", valid_months=12)])
    address = reverse("registry:training-attendance", kwargs={"pk": training.pk})
    assert member.full_name in officer.get(address).content.decode()
    assert officer.post(address, {"members": [member.pk]}).status_code == 302
    assert officer.post(address, {"members": [member.pk]}).status_code == 302
    assert sorted(member.training.values_list("expires_on", flat=True)) == [date(2027, 3, 1), date(2028, 3, 1)]
    assert not other.training.exists()


def test_two_years_after_leaving_a_number_stays(here):
    left, stays = MemberFactory(area=here, phone="0912345678"), MemberFactory(area=here)
    today = timezone.localdate()
    Leaving.objects.create(member=left, on=today - timedelta(days=732), ground="moved", reason="về quê", by=user())
    retention.erase_due(today=today)
    left.refresh_from_db(), stays.refresh_from_db()
    assert (left.full_name, left.phone, left.folded, left.leaving.reason) == ("–", "", "", "–")
    assert stays.full_name != "–"


def test_months_end_with_their_last_day():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 12, 15), 24) == date(2028, 12, 15)


def test_the_seven_topics_of_the_law():
    assert catalogue.sync_training_topics() == 7
    assert catalogue.sync_training_topics() == 0
    assert TrainingTopic.objects.filter(guards_need_it=True).count() == 7
