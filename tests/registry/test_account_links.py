"""A member's own account: asked by the keeper, answered by its holder, undone by either; and what they see then."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luytre.accounts import held, retention
from luytre.accounts.roles import Role
from luytre.activities.models import Duty
from luytre.audit.models import AuditEntry
from luytre.registry.models import AccountLink, Member
from luytre.registry.models.account_links import AlreadyLinked, NotLinked, part
from tests.activities.duty_factories import ShiftFactory
from tests.factories import commune, user
from tests.registry.factories import GuardTeamFactory, TrainingTopicFactory, rosterable

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def member():
    return rosterable(team=GuardTeamFactory(), full_name="Lò Văn Tuần", phone="0912345678")


@pytest.fixture
def officer(member):
    return user(Role.COMMUNE_OFFICER, area=member.area.parent)


@pytest.fixture
def holder():
    return user(username="lo.van.tuan")


def page(name: str, member: Member) -> str:
    return reverse(f"registry:{name}", kwargs={"pk": member.pk})


def linked(member, officer, holder) -> AccountLink:
    link = AccountLink.ask(member, holder, by=officer, at=timezone.now())
    link.answer_with(True, by=holder, at=timezone.now())
    member.refresh_from_db()
    return link


def test_the_keeper_asks_the_member_confirms_and_sees_their_own_duty_and_training(client, member, officer, holder):
    client.force_login(officer)
    assert client.post(page("member-account", member), {"account": "khong.co.ai"}).status_code == 422
    assert client.post(page("member-account", member), {"account": "Lo.Van.Tuan"}).status_code == 302
    member.refresh_from_db()
    assert member.account is None  # nobody said yes
    assert "chưa trả lời" in client.get(page("members-record", member)).content.decode()

    client.force_login(holder)
    assert "Có phải bạn không?" in client.get(reverse("home")).content.decode()
    mine = client.get(reverse("registry:my-record"))
    assert (list(mine.context["asked"]), mine.context["records"]) == ([AccountLink.objects.get()], [])
    answer = reverse("registry:link-answer", kwargs={"pk": AccountLink.objects.get().pk})
    assert client.post(answer, {"said": "yes"}).status_code == 302

    shift = ShiftFactory(team=member.team, on=TODAY + timedelta(days=3), began=time(18), ended=time(20))
    shift.assign(member, by=officer)
    past = ShiftFactory(team=member.team, on=TODAY - timedelta(days=3), began=time(18), ended=time(20))
    Duty(shift=past, member=member).add(by=officer)
    (record,) = client.get(reverse("registry:my-record")).context["records"]
    assert (record.member, record.may_be_on_duty) == (member, True)
    assert [one.topic.code for one in record.training] == [TrainingTopicFactory().code]
    duty = client.get(reverse("activities:duty-mine"))
    assert [one.shift for one in duty.context["duties"]] == [shift]
    assert [one.shift for one in duty.context["past"]] == [past]
    assert "Ca trực tới của bạn" in client.get(reverse("home")).content.decode()


def test_they_see_what_keeps_them_off_duty_and_who_looked_at_their_number(client, officer, holder):
    member = rosterable(team=GuardTeamFactory(), expires_on=date(2026, 4, 1), phone="0912345678")
    linked(member, officer, holder)
    member.show_contact(by=officer, purpose="urgent")
    client.force_login(holder)
    said = client.get(reverse("registry:my-record"))
    (record,) = said.context["records"]
    assert record.lacking == [str(TrainingTopicFactory())]
    for words in ("Hiện chưa thể xếp bạn trực.", "đã hết hạn", "việc gấp"):
        assert words in said.content.decode()
    assert [look.purpose for look in record.looks] == ["việc gấp ở nơi họ sống"]
    assert AuditEntry.objects.filter(verb="viewed", actor=str(holder.pk), purpose="own data").exists()


def test_a_no_ends_it_and_shows_nothing(client, member, officer, holder):
    link = AccountLink.ask(member, holder, by=officer, at=timezone.now())
    client.force_login(holder)
    assert client.post(reverse("registry:link-answer", kwargs={"pk": link.pk}), {"said": "no"}).status_code == 302
    assert client.get(reverse("registry:my-record")).context["records"] == []
    member.refresh_from_db()
    assert member.account is None
    client.post(reverse("registry:link-answer", kwargs={"pk": link.pk}), {"said": "yes"})  # too late
    member.refresh_from_db()
    assert member.account is None
    AccountLink.ask(member, holder, by=officer, at=timezone.now())  # it may be asked anew


def test_the_keeper_undoes_it_with_a_reason_the_member_without_one(client, member, officer, holder):
    linked(member, officer, holder)
    client.force_login(officer)
    assert client.post(page("member-account-ending", member), {"reason": ""}).status_code == 422
    assert client.post(page("member-account-ending", member), {"reason": "Nối nhầm người"}).status_code == 302
    client.force_login(holder)
    assert client.get(reverse("registry:my-record")).context["records"] == []
    assert client.post(page("my-record-parting", member)).status_code == 404
    linked(member, officer, holder)
    assert client.post(page("my-record-parting", member)).status_code == 302
    member.refresh_from_db()
    assert (member.account, member.full_name) == (None, "Lò Văn Tuần")
    verbs = AuditEntry.objects.filter(subject_id=str(member.pk), verb__startswith="link_").values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == sorted(["link_asked", "link_confirmed", "link_ended"] * 2)
    with pytest.raises(NotLinked):
        part(member, by=officer, at=timezone.now())


def test_a_question_that_waits_is_taken_back(client, member, officer, holder):
    link = AccountLink.ask(member, holder, by=officer, at=timezone.now())
    with pytest.raises(AlreadyLinked):
        AccountLink.ask(member, user(), by=officer, at=timezone.now())
    part(member, by=officer, at=timezone.now(), reason="Nhầm")
    client.force_login(holder)
    client.post(reverse("registry:link-answer", kwargs={"pk": link.pk}), {"said": "yes"})
    member.refresh_from_db()
    assert member.account is None


def test_a_keeper_of_another_commune_finds_no_such_member(client, member, holder):
    client.force_login(user(Role.COMMUNE_OFFICER, area=commune("Mường Kia")))
    assert client.post(page("member-account", member), {"account": holder.username}).status_code == 404
    assert client.post(page("member-account-ending", member), {"reason": "không rõ"}).status_code == 404


def test_what_is_held_names_the_link_and_a_withdrawn_consent_ends_it(member, officer, holder):
    linked(member, officer, holder)
    assert "registry.AccountLink" in {one.holding.label for one in held.about(holder)}
    member.withdraw_consent(by=officer, on=TODAY)
    member.refresh_from_db()
    assert member.account is None
    assert not AccountLink.objects.exists()


def test_two_years_after_it_was_undone_nothing_is_left_of_it(member, officer, holder):
    linked(member, officer, holder)
    retention.erase_due(today=TODAY + timedelta(days=740))
    assert AccountLink.objects.count() == 1  # it stands, and the member serves
    part(member, by=holder, at=timezone.now())
    retention.erase_due(today=TODAY + timedelta(days=740))
    assert not AccountLink.objects.exists()
