"""R24: every page that names a member or a respected person leaves a trace with its purpose."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.audit.models import AuditEntry
from luytre.registry.models import Grading, Leaving, Member, MemberGrade, Objection, RespectedPerson
from luytre.registry.models.grades import Grade
from tests.activities.duty_factories import ShiftFactory
from tests.factories import commune, user
from tests.registry.factories import (
    GroupKindFactory,
    GuardTeamFactory,
    MemberFactory,
    RespectedPersonFactory,
    TrainingFactory,
    WatchGroupFactory,
    recognise,
    rosterable,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel("2026-11-23T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(here: Area) -> User:
    return user(Role.COMMUNE_OFFICER, area=here)


@pytest.fixture
def page(client: Client, officer: User) -> Client:
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    return client


def member_of(here: Area, **more) -> Member:
    return MemberFactory(team=GuardTeamFactory(area=here), full_name="Quàng Thị Mẫu", **more)


def numbers_read(officer: User, kind: str = "member") -> set[str]:
    """Whom the trail says this officer has read, each with a purpose."""
    entries = AuditEntry.objects.filter(actor=str(officer.pk)).exclude(purpose="")
    seen = {one.subject_id for one in entries if one.subject_type.endswith(f".{kind}") and one.verb == "viewed"}
    listed = {field for one in entries if one.verb == "listed" for field in one.fields}
    return seen | {field.removeprefix(f"{kind} ") for field in listed if field.startswith(f"{kind} ")}


def reads(page: Client, officer: User, one: Member | RespectedPerson, address: str) -> None:
    said = page.get(address)
    assert said.status_code == 200
    assert one.full_name in said.content.decode(), "this page is here because it names somebody"
    assert str(one.pk) in numbers_read(officer, one._meta.model_name)


OF_A_MEMBER = ["record", "edit", "contact", "training", "leaving", "withdrawal", "certificate"]


@pytest.mark.parametrize("name", OF_A_MEMBER)
def test_each_page_of_a_member(page, officer, here, name):
    member = member_of(here, phone="0912345678")
    start = "registry:members" if name in ("record", "edit") else "registry:member"
    reads(page, officer, member, reverse(f"{start}-{name}", args=[member.pk]))


@pytest.mark.parametrize("name", ["record", "contact", "training", "withdrawal"])
def test_each_page_of_a_respected_person(page, officer, here, name):
    person = RespectedPersonFactory(area=here, phone="0912345678")
    start = "registry:respected-persons" if name == "record" else "registry:respected"
    reads(page, officer, person, reverse(f"{start}-{name}", args=[person.pk]))


def test_the_lists(page, officer, here):
    reads(page, officer, member_of(here), reverse("registry:members-list"))
    reads(page, officer, RespectedPersonFactory(area=here), reverse("registry:respected-persons-list"))


def test_who_was_at_a_training(page, officer, here):
    training = TrainingFactory(area=here)
    reads(page, officer, member_of(here), reverse("registry:training-attendance", args=[training.pk]))


def test_proposals_for_recognition_and_the_vote(page, officer, here):
    member = member_of(here)
    reads(page, officer, member, reverse("registry:guard-team-recognition", args=[member.team_id]))
    group = WatchGroupFactory(area=here, kind=GroupKindFactory(code="mediation_team", vi_name="Tổ hòa giải"))
    candidate = MemberFactory(group=group, full_name="Lường Văn Thử")
    reads(page, officer, candidate, reverse("registry:mediation-vote", args=[group.pk]))


def test_a_recognition_says_who_read_it(page, officer, here):
    """Its entry is about the proposal, which says whom it names."""
    made = recognise(member_of(here))
    assert "Quàng Thị Mẫu" in page.get(reverse("registry:recognition", args=[made.pk])).content.decode()
    entry = AuditEntry.objects.get(verb="viewed", subject_type="registry.recognition", actor=str(officer.pk))
    assert (entry.subject_id, entry.purpose) == (str(made.pk), "members")


def test_grades_and_objections(page, officer, here):
    member = member_of(here, serves_from=date(2025, 9, 1))
    reads(page, officer, member, reverse("registry:grading-new"))
    other = member_of(here)
    graded = MemberGrade(member=other, grade=Grade.GOOD)
    made = Grading.propose(here, 2026, [], [graded], by=officer, on=TODAY)
    reads(page, officer, other, reverse("registry:grading", args=[made.pk]))


def test_an_objection_and_the_form_for_it(page, officer, here):
    member = member_of(here)
    leaving = member.leave(by=user(), on=TODAY, ground="tasks", reason="bỏ trực ba lần", rule="Điều 17")
    reads(page, officer, member, reverse("registry:leaving-objection", args=[member.pk]))
    other = member_of(here)
    leaving = Leaving.objects.create(member=other, on=TODAY, ground="wish", reason="bận", by=user())
    made = Objection.file(area=here, on=TODAY, text="Tôi ốm có báo.", by=user(), leaving=leaving)
    reads(page, officer, other, reverse("registry:objection", args=[made.pk]))


def test_the_board_and_the_roster(page, officer, here):
    member = rosterable(team=GuardTeamFactory(area=here), full_name="Quàng Thị Mẫu")
    reads(page, officer, member, reverse("registry:guard-team-notice", args=[member.team_id]))
    other = rosterable(team=GuardTeamFactory(area=here), full_name="Lường Văn Thử")
    week = reverse("activities:duty-week", kwargs={"kind": "team", "pk": other.team_id})
    reads(page, officer, other, f"{week}?week={TODAY}")


def test_a_swap_names_the_team(page, officer, here):
    team = GuardTeamFactory(area=here)
    member, other = rosterable(team=team), rosterable(team=team, full_name="Lường Văn Thử")
    duty = ShiftFactory(team=team, on=TODAY).assign(member, by=user())
    reads(page, officer, other, reverse("activities:duty-swap", args=[duty.pk]))
    assert str(member.pk) in numbers_read(officer)


def test_search_and_the_records_behind_a_figure(page, officer, here):
    member = member_of(here)
    recognise(member, on=TODAY)
    reads(page, officer, member, "/find/?q=Quang Thi Mau")
    other = MemberFactory(team=member.team, full_name="Lường Văn Thử")
    recognise(other, on=TODAY)
    assert str(other.pk) not in numbers_read(officer)
    behind = reverse("reporting:records", args=["security_protection_members_joined"])
    asked = f"area={here.code}&from=2026-10-01&to=2026-12-31&territory=2026-11-23"
    reads(page, officer, other, f"{behind}?{asked}")


def test_a_number_is_shown_only_against_a_purpose_that_is_kept(page, officer, here):
    member = member_of(here, phone="0912345678")
    address = reverse("registry:member-contact", args=[member.pk])
    assert "0912345678" not in page.post(address, {"purpose": "curious"}).content.decode()
    assert not AuditEntry.objects.filter(verb="contact_shown").exists()
    assert "0912345678" in page.post(address, {"purpose": "duty"}).content.decode()
    entry = AuditEntry.objects.get(verb="contact_shown")
    assert (entry.actor, entry.subject_id, entry.purpose) == (str(officer.pk), str(member.pk), "duty")
