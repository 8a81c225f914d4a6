"""The life of an account, told by its verbs."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from luytre.accounts import life
from luytre.accounts.models import Assignment, User
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from tests.factories import PASSWORD, administrator, auditor, commune, nation, province, residential, user

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 3, 2, 9, 0))
TODAY = date(2026, 3, 2)


def enrol(by: User, role: str = Role.COMMUNE_OFFICER, area=None, **fields) -> life.Slip:
    fields = {"username": "lo.van.a", "full_name": "Lò Văn A", **fields}
    return life.enrol(User(**fields), role=role, area=area or commune(), by=by, at=NOW)


def verbs(person: User) -> list[str]:
    rows = AuditEntry.objects.filter(subject_type="accounts.user", subject_id=str(person.pk))
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_the_area_above_enrols_somebody_who_gets_a_code():
    boss, place = administrator(province()), commune("Mường Phăng")
    slip = enrol(boss, area=place)
    assert slip.user.roles_on(TODAY) == {Role.COMMUNE_OFFICER}
    assert slip.user.may(Permission.SESSION_WRITE, on=TODAY)
    assert len(slip.code) == 10
    assert slip.printed_code.count("-") == 1
    assert slip.expires_at == NOW + timedelta(days=7)
    assert verbs(slip.user) == ["enrolled"]


def test_the_code_is_not_in_the_database():
    slip = enrol(administrator())
    kept = slip.user.codes.get()
    assert slip.code not in f"{kept.code_hash} {slip.user.password}"


def test_nobody_is_enrolled_outside_ones_area():
    elsewhere = commune(parent=province("12", "Lai Châu"))
    with pytest.raises(life.OutOfScope):
        enrol(administrator(province()), area=elsewhere)


def test_who_may_not_write_accounts_enrols_nobody():
    place = commune()
    with pytest.raises(life.OutOfScope):
        enrol(user(Role.COMMUNE_LEADER, area=place), area=place)


def test_a_role_is_given_only_at_its_level():
    with pytest.raises(life.WrongLevel):
        enrol(administrator(nation()), role=Role.MINISTRY_DESK, area=commune())


def test_no_administrator_makes_an_auditor():
    with pytest.raises(life.AuditorOutOfReach):
        enrol(administrator(nation()), role=Role.AUDITOR, area=nation())


def test_a_reset_stops_the_old_password_and_makes_a_new_code():
    place = commune()
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER, area=place)
    first = life.reset(person, by=boss, at=NOW)
    second = life.reset(person, by=boss, at=NOW)
    person.refresh_from_db()
    assert not person.check_password(PASSWORD)
    assert person.must_change_password
    assert first.code != second.code
    assert person.codes.count() == 1
    assert verbs(person) == ["reset", "reset"]


def test_a_suspension_has_a_reason_and_an_end():
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER)
    life.suspend(person, by=boss, at=NOW, reason="left without handing over")
    assert not person.is_active
    with pytest.raises(life.AlreadySuspended):
        life.suspend(person, by=boss, at=NOW, reason="again")
    life.lift(person, by=boss, at=NOW, reason="came back")
    assert person.is_active
    with pytest.raises(life.NotSuspended):
        life.lift(person, by=boss, at=NOW, reason="again")
    assert verbs(person) == ["suspended", "suspension_lifted"]


def test_somebody_with_a_place_outside_is_out_of_reach():
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER)
    elsewhere = commune(parent=province("12", "Lai Châu"))
    Assignment.objects.create(user=person, role=Role.COMMUNE_OFFICER, area=elsewhere, valid_from=TODAY)
    with pytest.raises(life.OutOfScope):
        life.reset(person, by=boss, at=NOW)


def test_a_commune_does_not_suspend_its_province():
    place = commune()
    with pytest.raises(life.OutOfScope):
        life.suspend(user(Role.PROVINCE_DESK), by=administrator(place), at=NOW, reason="revenge of the small")


def test_a_further_role_lasts_from_a_day_until_a_day():
    place = commune()
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER, area=place)
    further = Assignment(
        user=person, role=Role.COMMUNE_LEADER, area=place, valid_from=TODAY, valid_to=TODAY + timedelta(days=30)
    )
    life.assign(further, by=boss, on=TODAY)
    assert Role.COMMUNE_LEADER in person.roles_on(TODAY + timedelta(days=29))
    assert Role.COMMUNE_LEADER not in person.roles_on(TODAY + timedelta(days=30))


def test_an_ended_role_gives_nothing_any_more():
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER)
    life.end(person.assignments.get(), by=boss, on=TODAY, today=TODAY)
    assert not person.may(Permission.SESSION_WRITE, on=TODAY)
    assert person.may(Permission.SESSION_WRITE, on=TODAY - timedelta(days=1))
    with pytest.raises(life.AlreadyEnded):
        life.end(person.assignments.get(), by=boss, on=TODAY, today=TODAY)


def test_a_role_that_never_began_is_taken_away_whole():
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER, since=TODAY + timedelta(days=5))
    life.end(person.assignments.get(), by=boss, on=TODAY, today=TODAY)
    assert not person.assignments.exists()


def test_a_stand_in_has_the_roles_for_those_days_only():
    place = commune()
    head = user(Role.AREA_HEAD, area=residential(parent=place))
    deputy = user(Role.COMMUNE_OFFICER, area=place)
    boss = administrator(province())
    first, end = TODAY, TODAY + timedelta(days=10)
    life.name_stand_in(head, stand_in=deputy, first=first, end=end, by=boss, today=TODAY)
    assert Role.AREA_HEAD in deputy.roles_on(first)
    assert Role.AREA_HEAD not in deputy.roles_on(end)
    assert deputy.assignments.get(role=Role.AREA_HEAD).stands_in_for == head


def test_a_stand_in_does_not_outlast_the_role():
    head, deputy = user(Role.AREA_HEAD), user(Role.COMMUNE_OFFICER)
    head.assignments.update(valid_to=TODAY + timedelta(days=3))
    boss = administrator(nation())
    made = life.name_stand_in(head, stand_in=deputy, first=TODAY, end=TODAY + timedelta(days=10), by=boss, today=TODAY)
    assert [one.valid_to for one in made] == [TODAY + timedelta(days=3)]


def test_roles_held_as_a_stand_in_are_not_passed_on():
    head, deputy, third = user(Role.AREA_HEAD), user(Role.COMMUNE_OFFICER), user(Role.COMMUNE_OFFICER)
    boss, end = administrator(nation()), TODAY + timedelta(days=10)
    life.name_stand_in(head, stand_in=deputy, first=TODAY, end=end, by=boss, today=TODAY)
    made = life.name_stand_in(deputy, stand_in=third, first=TODAY, end=end, by=boss, today=TODAY)
    assert {one.role for one in made} == {Role.COMMUNE_OFFICER}


def test_there_must_be_something_to_stand_in_for():
    head, deputy = user(Role.AREA_HEAD, since=TODAY + timedelta(days=99)), user(Role.COMMUNE_OFFICER)
    with pytest.raises(life.NothingToStandInFor):
        life.name_stand_in(
            head, stand_in=deputy, first=TODAY, end=TODAY + timedelta(days=9), by=administrator(nation()), today=TODAY
        )


def test_an_auditor_is_named_from_the_command_line_with_a_code():
    person = User(username="kiem.toan", full_name="Kiểm toán độc lập")
    slip = life.enrol_auditor(person, area=nation(), at=NOW, by="create_auditor")
    assert person.is_auditor(on=TODAY)
    assert slip.code
    life.release_auditor(person, on=TODAY + timedelta(days=1), by="release_auditor")
    assert person.roles_on(TODAY) == {Role.AUDITOR}
    assert not person.roles_on(TODAY + timedelta(days=1))


def test_people_are_found_without_tone_marks_and_by_phone():
    person = user(full_name="Quàng Thị Ằm", username="quang.am", phone="0912345678")
    user(full_name="Lò Văn Bình", username="lo.binh")
    for words in ("quang thi am", "QUÀNG", "am", "0912345"):
        assert list(User.objects.matching(words)) == [person]


def test_those_who_left_stay_with_the_place_they_left():
    place = commune()
    boss, person = administrator(place), user(Role.COMMUNE_OFFICER, area=place)
    person.assignments.update(valid_to=TODAY)
    scope = boss.scope(Permission.ACCOUNT_READ, on=TODAY)
    assert person in User.objects.within(scope)
    Assignment.objects.create(user=person, role=Role.COMMUNE_OFFICER, area=commune(), valid_from=TODAY)
    assert person not in User.objects.within(scope)


def test_an_auditor_sees_everybody():
    person = user(Role.AREA_HEAD)
    assert person in User.objects.within(auditor().scope(Permission.ACCOUNT_READ, on=TODAY))
