"""The yearly grades of guard teams: the cap, the leader's bound, nine months, and the chair."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luytre.accounts.roles import Role
from luytre.common.periods import Window, team_rating_year
from luytre.registry.forms.gradings import year_to_grade
from luytre.registry.models import Grading, TeamGrade
from luytre.registry.models.grades import Grade, Graded, GradedMember, is_long_enough, wrongs
from luytre.registry.models.gradings import AlreadyGraded
from luytre.registry.models.recognitions import OwnProposal
from luytre.reporting import rollup
from tests.factories import commune, residential, user
from tests.registry.factories import GuardTeamFactory, MemberFactory

LONG_AGO = date(2024, 7, 1)


def team(key: int, grade: str, since: date = LONG_AGO, **members: GradedMember) -> Graded:
    return Graded(key, f"Tổ {key}", since, grade, dict(enumerate(members.values())))


@given(excellent=st.integers(0, 12), good=st.integers(0, 40))
def test_at_most_a_fifth_of_the_good_may_be_excellent(excellent: int, good: int) -> None:
    grades = [Grade.EXCELLENT] * excellent + [Grade.GOOD] * good
    found = wrongs([team(key, grade) for key, grade in enumerate(grades)], 2026)
    assert bool(found) == (excellent * 5 > good)


@given(own=st.sampled_from([*Grade.values, ""]), leader=st.sampled_from([*Grade.values, ""]))
def test_a_leaders_grade_is_never_above_the_teams(own: str, leader: str) -> None:
    order = list(Grade.values)
    wrong = bool(own and leader and order.index(leader) < order.index(own))
    graded = team(1, own, head=GradedMember("Lò Văn Ín", LONG_AGO, leader, is_leader=True))
    fifth = [team(key, Grade.GOOD) for key in range(2, 8)]
    assert bool(wrongs([graded, *fifth], 2026)) == wrong


@pytest.mark.parametrize(("since", "is_long"), [(date(2026, 2, 15), True), (date(2026, 2, 16), False)])
def test_nine_months_are_counted_to_the_end_of_the_window(since: date, is_long: bool) -> None:
    assert is_long_enough(since, team_rating_year(2026)) == is_long


def test_who_is_too_new_is_left_ungraded() -> None:
    new = date(2026, 5, 1)
    found = wrongs([team(1, Grade.GOOD, new, one=GradedMember("Lò Văn Ín", new, Grade.GOOD))], 2026)
    assert [wrong.field for wrong in found] == ["team-1", "member-0"]
    assert wrongs([team(1, "", new, one=GradedMember("Lò Văn Ín", new, ""))], 2026) == []


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 11, 14), 2025), (date(2026, 11, 15), 2026), (date(2027, 3, 1), 2026)]
)
def test_a_year_is_graded_once_it_has_ended(day: date, year: int) -> None:
    assert year_to_grade(day) == year


pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return commune("Mường Đây")


def answers(teams, **more) -> dict[str, str]:
    said = {f"team-{one.pk}": "good" for one in teams} | {f"reason-{one.pk}": "Đủ nhiệm vụ." for one in teams}
    return said | more


def test_the_officer_proposes_and_the_chair_decides(client, here):
    officer, chair = user(Role.COMMUNE_OFFICER, area=here), user(Role.COMMUNE_LEADER, area=here)
    teams = [GuardTeamFactory(area=residential(parent=here), founded_on=LONG_AGO) for _each in range(6)]
    leader = MemberFactory(team=teams[0], position="leader", serves_from=LONG_AGO)
    client.force_login(officer)
    address = reverse("registry:grading-new")
    assert leader.full_name in client.get(address).content.decode()
    two = answers(teams, **{f"team-{one.pk}": "excellent" for one in teams[:2]})
    assert "2 xuất sắc" in str(client.post(address, two).context["form"].errors)
    above = answers(teams, **{f"member-{leader.pk}": "excellent"})
    assert set(client.post(address, above).context["form"].errors) == {f"member-{leader.pk}"}
    right = answers(teams, **{f"team-{teams[0].pk}": "excellent", f"member-{leader.pk}": "good"})
    assert client.post(address, right).status_code == 302
    grading = Grading.objects.get()
    assert client.post(address, right).status_code == 422
    page = reverse("registry:grading", kwargs={"pk": grading.pk})
    decision = {"answer": "yes", "on": "2026-11-20", "number": "12/QĐ-UBND", "reason": "", "rule": ""}
    client.post(page, decision)
    assert not Grading.objects.standing().exists()
    client.force_login(chair)
    assert grading.area.name in client.get(reverse("registry:decisions")).content.decode()
    assert client.post(page, decision).status_code == 422
    reasoned = decision | {"reason": "Đúng kết quả.", "rule": "HD 01/HD-BCA-V05"}
    assert client.post(page, reasoned).status_code == 302
    assert client.get(page).status_code == 200
    assert TeamGrade.objects.settled(grading.year).filter(grade="excellent").count() == 1


def graded(here, *, provisional: bool = False) -> Grading:
    one = TeamGrade(
        team=GuardTeamFactory(area=here, founded_on=LONG_AGO), grade="good", reason="đủ", is_provisional=provisional
    )
    made = Grading.propose(here, 2026, [one], [], by=user(), on=date(2026, 11, 20))
    made.decide(by=user(), on=date(2026, 11, 22), is_approved=True, reason="đúng", rule="HD 01")
    return made


def test_nobody_decides_on_their_own_proposal(here):
    officer = user()
    made = Grading.propose(here, 2026, [], [], by=officer, on=date(2026, 11, 20))
    with pytest.raises(AlreadyGraded):
        Grading.propose(here, 2026, [], [], by=user(), on=date(2026, 11, 20))
    with pytest.raises(OwnProposal):
        made.decide(by=officer, on=date(2026, 11, 22), is_approved=True, reason="đúng", rule="HD 01")


def figure(here, day: date):
    return rollup.total(here, "security_protection_teams_rated_good", Window(date(2026, 1, 1), day)).value


def test_only_final_grades_of_the_year_that_ended_are_counted(here):
    graded(here, provisional=True)
    assert figure(here, date(2026, 12, 14)) == 0
    graded(here)
    assert figure(here, date(2026, 12, 14)) == 1
    assert figure(here, date(2026, 11, 14)) == 0
