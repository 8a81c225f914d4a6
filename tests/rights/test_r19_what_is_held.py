"""R19: anyone may ask what is held about them; the clock is public; the export has every personal table."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.urls import reverse
from django.utils import timezone

from luytre.accounts import held, inventory, life
from luytre.accounts.models import OneTimeCode, RequestStep, StepKind, SubjectRequest
from luytre.accounts.roles import Role
from luytre.activities.models import BeyondLimit, Duty, NightLimit, Swap, SwapAnswer
from luytre.api.models import Token
from luytre.audit.models import AuditEntry
from luytre.registry.models import (
    AccountLink,
    AccountLinkEnding,
    Ballot,
    ConsentWithdrawal,
    Grading,
    MediationVote,
    MemberGrade,
    Objection,
    Recognition,
    RespectedWithdrawal,
)
from luytre.reporting.models import SavedView
from luytre.tips.models import Desk, PersonKey
from tests.activities.duty_factories import ShiftFactory
from tests.factories import administrator, commune, nation, province, user
from tests.registry.factories import (
    MemberFactory,
    RespectedPersonFactory,
    TrainingTopicFactory,
    WatchGroupFactory,
)

pytestmark = pytest.mark.django_db


def seeded_subject():
    """Somebody about whom every table with people in it says something."""
    boss, officer = administrator(nation()), user(Role.PROVINCE_DESK)
    person = user(Role.COMMUNE_OFFICER, username="quang.am", full_name="Quàng Thị Ằm")
    now = timezone.now()
    life.suspend(person, by=boss, at=now, reason="lost phone")
    life.lift(person, by=boss, at=now, reason="found")
    OneTimeCode.issue(person, by=boss, at=now)
    asked = SubjectRequest(kind="ask", area=province(), text="what?")
    asked.file(at=now, requester=person)
    asked.step(StepKind.DONE, by=officer, at=now, text="this")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "hush"})
    traces = {"username": person.username, "ip_address": "198.51.100.7", "user_agent": "x"}
    AccessAttempt.objects.create(**traces, failures_since_start=1)
    AccessFailureLog.objects.create(**traces)
    AccessLog.objects.create(**traces)
    address = EmailAddress.objects.create(user=person, email="am@example.org")
    EmailConfirmation.objects.create(email_address=address, key="k", sent=now)
    Token.objects.create(user=person, name="my sheet", secret_hash="hush-hush", expires_at=now)
    SavedView(name="my view", page=SavedView.Page.TABLE, query="area=11").keep(by=person, at=now)
    joined_a_group(person, officer)
    is_respected(person, officer)
    works_at_a_desk(person)
    return person


def joined_a_group(person, officer):
    """Whoever has an account may be a member of a group, trained, gone again."""
    member, today = MemberFactory(), timezone.localdate()
    link = AccountLink.ask(member, person, by=officer, at=timezone.now())
    link.answer_with(True, by=person, at=timezone.now())
    AccountLinkEnding.objects.create(link=link, by=officer, at=timezone.now())
    member.refresh_from_db()
    was_on_duty(member, officer)
    member.was_trained([TrainingTopicFactory()], on=today, by=officer)
    Recognition.propose(member.team, [(member, False)], by=officer, on=today)
    graded = MemberGrade(member=member, grade="good")
    Grading.propose(member.area, 2025, [], [graded], by=officer, on=today)
    vote = MediationVote(group=WatchGroupFactory(), held_on=today, way="open", household_count=20, by=officer)
    vote.save()
    Ballot.objects.create(vote=vote, member=member, votes_for=15)
    member.leave(by=officer, on=today, ground="wish", reason="a new job")
    objection = Objection.file(area=member.area, on=today, text="unfair", by=officer, leaving=member.leaving)
    objection.decide(by=user(), on=today, is_upheld=False, reason="in order", rule="article 17")
    ConsentWithdrawal.objects.create(consent=member.consents.get(), on=today)


def was_on_duty(member, officer):
    """On a shift that was swapped with somebody's help."""
    now = timezone.now()
    duty = Duty(shift=ShiftFactory(team=member.team), member=member)
    duty.save()
    limit = NightLimit(area=province(), most=1, basis="5/NQ", valid_from=timezone.localdate()).put_in_force(by=officer)
    BeyondLimit.write(duty, limit, nights=1, reason="a storm", by=officer)
    swap = Swap.objects.create(duty=duty, member=member, asked_by=user(), asked_at=now)
    SwapAnswer.objects.create(swap=swap, said="declined", by=officer, at=now, asked_by=swap.asked_by)


def works_at_a_desk(person):
    """With keys of their own, whose secret is locked."""
    desk = Desk.objects.create(area=commune(), kind="commune", name="Công an xã Thử")
    PersonKey.objects.create(
        user=person, desk=desk, role="officer", key="0" * 64, recipient="age1pq1", locked="hush", made_at=timezone.now()
    )


def is_respected(person, officer):
    """And may have agreed to be asked for their word, and changed their mind."""
    respected, today = RespectedPersonFactory(account=person), timezone.localdate()
    respected.was_trained("Hòa giải", on=today, by=officer)
    RespectedWithdrawal.objects.create(consent=respected.consents.get(), on=today, by=officer)


def test_the_export_has_every_table_that_says_something_about_the_person():
    person = seeded_subject()
    found = {one.holding.label for one in held.about(person) if one.rows}
    expected = {label for label, holding in inventory.load().items() if holding.about}
    assert found == expected


def test_every_personal_table_says_whose_it_is_or_who_wrote_it():
    """A desk's phone is an office's; sessions and tips are sealed, and a tip is nobody's by name (R1, R2)."""
    silent = [label for label, one in inventory.load().items() if one.personal and not (one.about or one.acts)]
    sealed = {"sessions.Session", "tips.IdentitySeal", "tips.Part", "tips.Tip", "tips.Wrapping"}
    assert set(silent) == {*sealed, "tips.Desk"}


def test_secrets_are_named_and_not_shown():
    said = str(held.as_json(seeded_subject()))
    assert "hush" not in said
    assert "argon2" not in said
    assert "md5$" not in said
    assert "Quàng Thị Ằm" in said


def test_nobody_elses_rows_are_in_it():
    person = seeded_subject()
    other = user(Role.COMMUNE_OFFICER, username="ke.khac", full_name="Vừ A Khác")
    OneTimeCode.issue(other, by=administrator(nation()), at=timezone.now())
    assert "Vừ A Khác" not in str(held.as_json(person))
    assert {one.holding.label for one in held.about(other) if one.rows} == {
        "accounts.User",
        "accounts.Assignment",
        "accounts.OneTimeCode",
    }


def test_one_sees_and_takes_along_what_is_held(client):
    person = seeded_subject()
    client.force_login(person)
    page = client.get(reverse("administration:held"))
    assert "Quàng Thị Ằm" in page.content.decode()
    assert "UNDEFINED" not in page.content.decode()
    file = client.get(reverse("administration:held-json"))
    assert "attachment" in file["Content-Disposition"]
    assert file.json()["held"][0]["table"] == "accounts.User"
    assert "took_own_data" in AuditEntry.objects.values_list("verb", flat=True)


def ask(client, **fields):
    data = {"kind": "ask", "area": province().name, "text": "What is held about me?", **fields}
    return client.post(reverse("administration:file"), data)


def receipt_in(answer) -> str:
    return str(answer.context["receipt"])


def test_anyone_files_a_request_and_gets_a_receipt(client):
    province()
    answer = ask(client)
    assert answer.status_code == 200
    asked = SubjectRequest.objects.get()
    assert asked.requester is None
    assert asked.answer_by - asked.received_at == timedelta(days=20)
    assert asked.acknowledge_by - asked.received_at == timedelta(hours=72)
    assert receipt_in(answer).replace("-", "") not in asked.receipt_hash
    assert AuditEntry.objects.get(verb="filed").actor == "the public"


def test_the_receipt_opens_the_clock_and_the_answer(client):
    receipt = receipt_in(ask(client))
    page = client.post(reverse("administration:state"), {"receipt": receipt.lower().replace("-", " ")})
    asked = SubjectRequest.objects.get()
    assert f"{timezone.localtime(asked.answer_by):%d/%m/%Y}" in page.content.decode()
    asked.step(StepKind.REFUSED, by=user(Role.PROVINCE_DESK), at=timezone.now(), text="Nothing fits.", rule="Rule 7")
    page = client.post(reverse("administration:state"), {"receipt": receipt})
    assert "Nothing fits." in page.content.decode()
    assert "Rule 7" in page.content.decode()


def test_a_wrong_receipt_opens_nothing(client):
    ask(client)
    assert client.post(reverse("administration:state"), {"receipt": "AAAAA-AAAAA"}).status_code == 422


def test_what_is_missing_is_said_all_at_once(client):
    answer = client.post(reverse("administration:file"), {"kind": "", "area": "nowhere", "text": ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"kind", "area", "text"}


def test_the_desk_of_the_place_answers_within_its_clock(client):
    here = commune("Mường Phăng")
    ask(client, area=here.name)
    officer = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(officer)
    asked = SubjectRequest.objects.get()
    assert asked.get_kind_display() in client.get(reverse("administration:desk")).content.decode()
    page = reverse("administration:request", kwargs={"pk": asked.pk})
    assert client.get(page).status_code == 200
    assert client.post(page, {"kind": "refused", "text": "no"}).status_code == 422
    assert client.post(page, {"kind": "acknowledged"}).status_code == 302
    assert client.post(page, {"kind": "done", "text": "Your phone number was mended."}).status_code == 302
    assert [step.kind for step in RequestStep.objects.order_by("pk")] == ["acknowledged", "done"]
    assert client.post(page, {"kind": "done", "text": "again"}).status_code == 422


def test_another_desk_does_not_see_it(client):
    ask(client, area=commune("Mường Phăng").name)
    client.force_login(user(Role.COMMUNE_OFFICER))
    page = reverse("administration:request", kwargs={"pk": SubjectRequest.objects.get().pk})
    assert client.get(page).status_code == 404


def test_the_request_keeps_no_address_and_no_browser(client):
    client.post(
        reverse("administration:file"),
        {"kind": "ask", "area": province().name, "text": "x"},
        headers={"user-agent": "Telling/1.0", "x-forwarded-for": "198.51.100.9"},
    )
    asked = SubjectRequest.objects.get()
    said = " ".join(str(getattr(asked, field.attname)) for field in asked._meta.concrete_fields)
    assert "Telling" not in said
    assert "198.51" not in said
    assert "127.0.0.1" not in said
