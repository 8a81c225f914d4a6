"""Sending a return: what counts, what is refused, and that nothing typed is lost."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.common import periods
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.models import NotNow, OwnReturn, Return, ReturnForm, ReturnVersion, StepKind
from luytre.reporting.returns import checking, declaring, history, sending
from luytre.reporting.returns.paper import Errand
from luytre.reporting.returns.sending import AskedTwice, ForeignUnit, Locked, TooEarly, WrongUnit, WrongWindow
from tests.factories import commune, province, user
from tests.reporting.returns.conftest import NOVEMBER, SENT_AT, moment
from tests.reporting.returns.factories import post, sent, zeros

OCTOBER = periods.month(2026, 10)


def words(problem: type[sending.Refused]) -> str:
    return str(problem.words)


def test_a_sent_return_counts_at_once_at_every_level(errand, officer):
    report = sent(errand, officer, SENT_AT, crime_tips_received="1.204", crime_tips_valuable="gần 300")
    assert report.number == 1
    for place in (errand.area, errand.area.parent, errand.area.parent.parent):
        reading = rollup.read(place, NOVEMBER)
        assert reading.figure("crime_tips_received").value == 1204
        valuable = reading.figure("crime_tips_valuable")
        assert (valuable.value, valuable.qualifier) == (300, Qualifier.NEARLY)


def test_it_leaves_one_entry_in_the_trail(errand, officer):
    report = sent(errand, officer, SENT_AT)
    [entry] = AuditEntry.objects.filter(subject_type="reporting.return", subject_id=str(report.pk))
    assert (entry.verb, entry.actor, entry.area_path) == ("return_sent", str(officer.pk), errand.area.path)


def test_text_in_a_number_writes_nothing_and_names_the_cell(errand, officer):
    outcome = post(errand, officer, SENT_AT, zeros(errand, fires_and_explosions="hai"))
    assert not outcome.is_sent
    [error] = outcome.checked.errors
    assert error.code == "fires_and_explosions"
    assert outcome.checked.filled.typed["fires_and_explosions"] == "hai"
    assert not Return.objects.exists()


@pytest.mark.parametrize("text", ["-1", "NaN", "1000000000000000000", "1,5", "một", "10^18", "1e3"])
def test_bad_numbers_are_refused(errand, officer, text):
    outcome = post(errand, officer, SENT_AT, zeros(errand, crime_tips_received=text))
    assert [one.code for one in outcome.checked.errors] == ["crime_tips_received"]
    assert not Return.objects.exists()


def test_a_number_the_register_knows_is_not_typed(errand, officer):
    outcome = post(errand, officer, SENT_AT, zeros(errand, outreach_sessions="5"))
    assert [one.code for one in outcome.checked.errors] == ["outreach_sessions"]


def test_a_code_of_another_form_is_refused(errand, officer):
    outcome = post(errand, officer, SENT_AT, zeros(errand, population="5"))
    assert [one.code for one in outcome.checked.errors] == ["population"]


def test_the_period_must_be_over(errand, officer):
    early = post(errand, officer, moment(2026, 11, 13))
    assert str(early.refused) == words(TooEarly)
    assert post(errand, officer, moment(2026, 11, 14), comments={"": "x"}).is_sent


def test_any_other_days_are_refused(errand, officer):
    odd = Errand(errand.form, errand.area, Window(date(2026, 10, 1), date(2026, 10, 31)))
    assert str(post(odd, officer, SENT_AT).refused) == words(WrongWindow)


def test_a_period_before_the_form_is_refused(errand, officer):
    before = Errand(errand.form, errand.area, periods.month(2025, 11))
    assert str(post(before, officer, SENT_AT).refused) == words(WrongWindow)


def test_a_foreign_unit_is_refused(errand, officer):
    neighbour = Errand(errand.form, commune("Thanh Nưa"), NOVEMBER)
    assert str(post(neighbour, officer, SENT_AT).refused) == words(ForeignUnit)


def test_a_form_of_another_level_is_refused(forms, errand, officer, hamlet):
    wrong = Errand(forms["commune-month"], hamlet, NOVEMBER)
    assert str(post(wrong, officer, SENT_AT).refused) == words(WrongUnit)


def test_a_unit_that_stood_no_more_on_the_last_day_is_refused(forms, officer, errand):
    errand.area.valid_to = date(2026, 11, 1)
    errand.area.save()
    outcome = post(errand, officer, SENT_AT, on=date(2026, 10, 20))
    assert str(outcome.refused) == words(WrongUnit)


def test_a_special_report_asked_of_one_province_is_not_owed_elsewhere(forms, errand, officer):
    special = ReturnForm(
        code="chuyen-de", vi_name="Chuyên đề", en_name="Special", level="commune", every="once",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 7, 1), codes=["outreach_videos"],
        layout=[], area=province("12", "Lai Châu"),
    )  # fmt: skip
    declaring.fill_slots(special)
    special.save()
    outcome = post(Errand(special, errand.area, Window(date(2026, 1, 1), date(2026, 6, 30))), officer, SENT_AT)
    assert str(outcome.refused) == words(WrongUnit)


def test_the_same_number_is_not_reported_twice_for_the_same_days(forms, errand, officer):
    sent(errand, officer, SENT_AT, crime_tips_received="7")
    twin = ReturnForm(
        code="chuyen-de", vi_name="Chuyên đề", en_name="Special", level="commune", every="once",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 11, 20), codes=["crime_tips_received"], layout=[],
    )  # fmt: skip
    declaring.fill_slots(twin)
    twin.save()
    window = Window(date(2026, 1, 1), date(2026, 11, 19))
    outcome = post(Errand(twin, errand.area, window), officer, moment(2026, 11, 20), {"crime_tips_received": "7"})
    assert str(outcome.refused) == words(AskedTwice)
    assert rollup.total(errand.area, "crime_tips_received", periods.whole_year(2026)).value == 7


def test_pressed_twice_it_is_sent_once(errand, officer):
    first = post(errand, officer, SENT_AT, comments={"": "x"}, base_number=0)
    second = post(errand, officer, SENT_AT, comments={"": "x"}, base_number=0)
    assert second.is_same
    assert second.report == first.report
    assert Return.objects.get().number == 1
    assert Return.objects.get().steps.count() == 1


def test_the_second_of_two_people_is_told_and_overwrites_nothing(errand, officer):
    other = user(Role.COMMUNE_OFFICER, area=errand.area)
    sent(errand, officer, SENT_AT, traffic_accidents="3")
    outcome = post(errand, other, SENT_AT, zeros(errand, traffic_accidents="4"), comments={"": "x"}, base_number=0)
    assert outcome.changed
    assert Return.objects.get().amounts["traffic_accidents"] == 300


def test_a_correction_keeps_what_it_replaces(errand, officer):
    sent(errand, officer, SENT_AT, traffic_accidents="3")
    report = sent(errand, officer, moment(2026, 11, 17), traffic_accidents="5")
    assert report.number == 2
    [before] = ReturnVersion.objects.all()
    place = errand.form.codes.index("traffic_accidents")
    assert (before.number, before.values[place]) == (1, 300)
    assert rollup.total(errand.area, "traffic_accidents", NOVEMBER).value == 5


def test_a_dry_run_checks_and_writes_nothing(errand, officer):
    outcome = post(errand, officer, SENT_AT, comments={"": "x"}, dry_run=True)
    assert outcome.checked.may_pass
    assert not Return.objects.exists()


# its life


def test_nobody_approves_what_they_sent_themselves(errand, officer, leader):
    report = sent(errand, officer, SENT_AT)
    with pytest.raises(OwnReturn):
        report.approve(by=officer, at=SENT_AT)
    report.approve(by=leader, at=SENT_AT)
    assert Return.objects.get().state == StepKind.APPROVED


@pytest.mark.parametrize("sender", ["officer", None])
def test_the_database_refuses_an_approval_by_the_sender_or_without_one(errand, officer, sender):
    report = sent(errand, officer, SENT_AT)
    step = report.next_step(StepKind.APPROVED, by=officer, at=SENT_AT)
    step.sender = officer if sender else None
    with pytest.raises(IntegrityError), transaction.atomic():
        step.save(force_insert=True)


def test_a_locked_return_takes_nothing_until_it_is_reopened(errand, officer, leader):
    report = sent(errand, officer, SENT_AT)
    report.approve(by=leader, at=SENT_AT)
    report.lock(by=leader, at=SENT_AT)
    assert str(post(errand, officer, SENT_AT, zeros(errand, traffic_accidents="9")).refused) == words(Locked)
    report.reopen(by=leader, at=SENT_AT, reason="số sai")
    assert sent(errand, officer, SENT_AT, traffic_accidents="9").state == StepKind.SENT


def test_a_correction_after_approval_waits_for_approval_again(errand, officer, leader):
    sent(errand, officer, SENT_AT).approve(by=leader, at=SENT_AT)
    report = sent(errand, officer, SENT_AT, traffic_accidents="1")
    assert (report.number, report.state) == (2, StepKind.SENT)
    assert [step.kind for step in report.steps.all()] == [StepKind.SENT, StepKind.APPROVED, StepKind.SENT]


def test_what_was_corrected_meanwhile_is_not_approved_unseen(errand, officer, leader):
    report = sent(errand, officer, SENT_AT)
    sent(errand, officer, SENT_AT, traffic_accidents="1")
    with pytest.raises(NotNow):
        report.approve(by=leader, at=SENT_AT, number=1)
    report.approve(by=leader, at=SENT_AT, number=2)


@pytest.mark.parametrize("verb", ["lock", "reopen", "give_back"])
def test_a_step_that_cannot_follow_is_refused(errand, officer, leader, verb):
    report = sent(errand, officer, SENT_AT)
    report.approve(by=leader, at=SENT_AT)
    report.lock(by=leader, at=SENT_AT)
    reason = {} if verb == "lock" else {"reason": "lý do"}
    if verb == "reopen":
        report.reopen(by=leader, at=SENT_AT, reason="lý do")
    with pytest.raises(NotNow):
        getattr(report, verb)(by=leader, at=SENT_AT, **reason)


def test_many_are_approved_at_once_but_nobodys_own(forms, errand, officer, leader):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    others = [Errand(errand.form, commune(), NOVEMBER) for _ in range(3)]
    for one in others:
        sent(one, desk, SENT_AT)
    sent(errand, officer, SENT_AT)
    assert Return.objects.all().step_all(StepKind.APPROVED, by=desk, at=SENT_AT) == 1
    assert Return.objects.all().step_all(StepKind.APPROVED, by=leader, at=SENT_AT) == 3
    assert AuditEntry.objects.filter(verb="return_approved").count() == 4


# what registers and earlier returns say


def test_what_the_registers_said_is_remembered_and_a_later_change_is_told(errand, officer):
    from luytre.activities.models import OutreachSession
    from luytre.reporting.returns import registers

    report = sent(errand, officer, SENT_AT)
    assert report.seen["outreach_sessions"] == 0
    OutreachSession(
        area=errand.area, held_on=date(2026, 11, 2), setting="group", form="meeting", audience="residents",
        place="Nhà văn hóa", attendance=40,
    ).add(by=officer)  # fmt: skip
    now = registers.kept(registers.read(errand.form, errand.area, NOVEMBER))
    changed = registers.changed_since(report, now)
    assert changed["outreach_sessions"] == (0, 100)
    again = sending.send_again(report, by=officer, at=moment(2026, 11, 18))
    assert (again.number, again.seen["outreach_sessions"]) == (2, 100)
    assert again.amounts == report.amounts


def test_a_stock_that_is_left_empty_stays_as_it_was(errand, officer):
    before = Errand(errand.form, errand.area, OCTOBER)
    sent(before, officer, moment(2026, 10, 16), crime_sources_overdue="4", crime_sources_received="9")
    told = zeros(errand, crime_sources_overdue="")
    outcome = post(errand, officer, SENT_AT, told, comments={"": "x"})
    assert outcome.report.amounts["crime_sources_overdue"] == 400
    assert rollup.total(errand.area, "crime_sources_overdue", NOVEMBER).value == 4
    past = history.of(errand.form, errand.area, periods.month(2026, 12))
    assert past.latest("crime_sources_overdue").hundredths == 400
    assert past.last("crime_sources_received").hundredths == 0


def test_an_empty_cell_asks_for_a_comment_and_is_not_nought(errand, officer):
    told = zeros(errand, traffic_accidents="")
    outcome = post(errand, officer, SENT_AT, told)
    assert [(one.code, one.kind) for one in outcome.checked.unexplained] == [("traffic_accidents", checking.MISSING)]
    outcome = post(errand, officer, SENT_AT, told, comments={"traffic_accidents": "chưa có số của cấp trên"})
    assert outcome.report.amounts["traffic_accidents"] is None
