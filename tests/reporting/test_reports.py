"""The life of a report: two people, versions, numbers, and nobody's words lost."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luytre.activities.models import OutreachSession
from luytre.common import periods
from luytre.common.periods import Window
from luytre.reporting import drafting, prose
from luytre.reporting.drafting import Text
from luytre.reporting.models.reports import (
    DayOutOfOrder,
    NotNow,
    NumberTaken,
    OwnReport,
    Report,
    ReportIssue,
    ReportStep,
    SavedMeanwhile,
    Step,
    StillBlank,
)
from tests.factories import UserFactory
from tests.reporting import territory

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
S = "s-outreach-sessions"


@pytest.fixture
def people(db):
    return {name: UserFactory(full_name=name.title()) for name in ("writer", "leader", "colleague")}


@pytest.fixture
def session(places, clerk):
    def write(key: str = "n1", day: int = 20) -> None:
        OutreachSession(area=places[key], held_on=date(2026, 2, day), place="Sân", attendance=30).add(by=clerk)

    return write


@pytest.fixture
def report(places, people, session):
    session()
    return draft(places["n1"], people["writer"])


def draft(area, by, period: str = "2026-03") -> Report:
    return drafting.draft(area, periods.parse(period), period=period, by=by, at=NOW, today=TODAY)


def finish(report: Report, by) -> int:
    """Write what is blank."""
    for block in prose.blanks(Text(report.newest).body):
        drafting.rewrite(report, base=report.newest.number, key=block.key, typed="Ổn định.", by=by, at=NOW)
    return report.newest.number


def signed(report: Report, people) -> int:
    base = finish(report, people["writer"])
    report.submit(base=base, by=people["writer"], at=NOW)
    report.sign(base=base, by=people["leader"], at=NOW)
    return base


def issued(report: Report, people, **more) -> ReportIssue:
    base = signed(report, people)
    return report.issue(
        **{"base": base, "number": None, "on": TODAY, "by": people["writer"], "at": NOW, "today": TODAY} | more
    )


def said(report: Report, key: str = S) -> str:
    text = Text(report.newest)
    return text.block(key).said(text.picture)


def test_the_figures_of_a_draft_stay_as_they_were(report, session):
    session(day=21)
    assert "đã tổ chức 1 buổi" in said(report)


def test_new_figures_come_when_asked_for_and_own_words_stay(report, session, people):
    drafting.rewrite(report, base=1, key=S, typed="Riêng tháng này có [1] buổi.", by=people["writer"], at=NOW)
    session(day=21)
    shifts = drafting.shifts(Text(report.newest).picture, drafting.anew(report, at=NOW, today=TODAY))
    assert ("1", "2") in [(str(one.before.now), str(one.after.now)) for one in shifts if one.before]
    assert [one.key for one in drafting.to_read_again(Text(report.newest).body, shifts)] == [S]
    drafting.refresh(report, base=2, by=people["writer"], at=NOW, today=TODAY)
    assert said(report) == "Riêng tháng này có 2 buổi."


def test_one_report_an_office_and_window(report, places, people):
    with pytest.raises(drafting.AlreadyDrafted) as known:
        draft(places["n1"], people["colleague"])
    assert known.value.report == report


def test_days_of_ones_own_make_a_report(places, people, session):
    session()
    window = Window(date(2026, 2, 19), date(2026, 2, 21))
    made = drafting.draft(places["n11"], window, period="", by=people["writer"], at=NOW, today=TODAY)
    assert "từ ngày 19/02/2026 đến ngày 21/02/2026" in Text(made.newest).document(today=TODAY).subject
    assert "đã tổ chức 1 buổi" in said(made)


def test_two_people_change_two_paragraphs_and_both_stay(report, people):
    drafting.rewrite(report, base=1, key="situation", typed="Ổn định.", by=people["writer"], at=NOW)
    drafting.rewrite(report, base=1, key="directions", typed="Tiếp tục.", by=people["colleague"], at=NOW)
    assert (said(report, "situation"), said(report, "directions")) == ("Ổn định.", "Tiếp tục.")
    assert report.newest.number == 3


def test_two_people_change_one_paragraph_and_the_second_is_told(report, people):
    drafting.rewrite(report, base=1, key="situation", typed="Ổn định.", by=people["writer"], at=NOW)
    with pytest.raises(SavedMeanwhile) as conflict:
        drafting.rewrite(report, base=1, key="situation", typed="Phức tạp.", by=people["colleague"], at=NOW)
    assert conflict.value.newest.saved_by == people["writer"]
    assert said(report, "situation") == "Ổn định."


def test_an_earlier_version_comes_back_on_top(report, people):
    drafting.rewrite(report, base=1, key=S, typed="Khác hẳn.", by=people["writer"], at=NOW)
    drafting.restore(report, base=2, number=1, by=people["writer"], at=NOW)
    assert said(report).startswith("Trong kỳ đã tổ chức 1 buổi")
    assert [version.number for version in report.versions.all()] == [3, 2, 1]


def test_versions_can_be_compared(report, people):
    drafting.rewrite(report, base=1, key="situation", typed="Ổn định.", by=people["writer"], at=NOW)
    older, newer = (Text(drafting.version_of(report, number)) for number in (1, 2))
    assert [one.after for one in drafting.differences(older, newer)] == ["Ổn định."]


def test_nothing_is_handed_in_while_parts_are_blank(report, people):
    with pytest.raises(StillBlank):
        report.submit(base=1, by=people["writer"], at=NOW)


def test_who_wrote_any_of_it_does_not_sign(report, people):
    drafting.rewrite(report, base=1, key=S, typed="Có [1] buổi.", by=people["leader"], at=NOW)
    base = finish(report, people["writer"])
    report.submit(base=base, by=people["colleague"], at=NOW)
    for name in ("writer", "leader", "colleague"):
        with pytest.raises(OwnReport):
            report.sign(base=base, by=people[name], at=NOW)
    assert report.last_step.kind == Step.SUBMITTED


def test_the_database_too_wants_two_people(report, people):
    newest = {"report": report, "version": report.newest, "kind": Step.SIGNED, "at": NOW}
    for author in (people["leader"], None):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportStep.objects.create(by=people["leader"], author=author, **newest)


@pytest.mark.parametrize("table", ["reportversion", "reportstep", "reportissue", "reportfigures"])
def test_what_was_written_cannot_be_altered(report, people, table):
    issued(report, people)
    with connection.cursor() as cursor:
        for statement in ("UPDATE reporting_{} SET id = id", "DELETE FROM reporting_{}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(statement.format(table))


def test_each_step_only_in_its_turn(report, people):
    base = finish(report, people["writer"])
    for verb in (report.withdraw, report.sign):
        with pytest.raises(NotNow):
            verb(base=base, by=people["leader"], at=NOW)
    report.submit(base=base, by=people["writer"], at=NOW)
    with pytest.raises(NotNow):
        drafting.rewrite(report, base=base, key=S, typed="Khác.", by=people["writer"], at=NOW)
    with pytest.raises(NotNow):
        report.recall(base=base, by=people["leader"], at=NOW, reason="sai số")
    report.return_(base=base, by=people["leader"], at=NOW, reason="Viết lại mục II")
    assert report.is_open
    assert report.last_step.reason == "Viết lại mục II"


def test_nobody_signs_another_version_than_the_one_they_read(report, people):
    base = finish(report, people["writer"])
    report.submit(base=base, by=people["writer"], at=NOW)
    with pytest.raises(SavedMeanwhile):
        report.sign(base=base - 1, by=people["leader"], at=NOW)


def test_what_is_issued_carries_number_day_and_signer(report, people):
    issue = issued(report, people)
    paper = Text(issue.version).document(today=TODAY + timedelta(days=9))
    assert (paper.reference(), paper.day, paper.draft) == ("01/BC-UBND", TODAY, False)
    assert (paper.signature.name, paper.signature.position) == ("Leader", "CHỦ TỊCH")


def test_a_deputy_signs_for_the_head(report, people):
    base = finish(report, people["writer"])
    report.submit(base=base, by=people["writer"], at=NOW)
    report.sign(base=base, by=people["leader"], at=NOW, signed_as="Phó Chủ tịch")
    issue = report.issue(base=base, number=None, on=TODAY, by=people["writer"], at=NOW, today=TODAY)
    signature = Text(issue.version).document(today=TODAY).signature
    assert [*signature.authority, signature.position] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "Phó Chủ tịch"]


def test_a_number_is_given_once_an_office_and_year(report, places, people):
    issued(report, people, number=7)
    second = draft(places["n1"], people["writer"], "2026-02")
    with pytest.raises(NumberTaken) as taken:
        issued(second, people, number=7)
    assert taken.value.free == 8
    base = second.newest.number
    assert second.issue(base=base, number=None, on=TODAY, by=people["writer"], at=NOW, today=TODAY).number == 8
    elsewhere = draft(places["n3"], people["writer"])
    assert issued(elsewhere, people, number=7).number == 7


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_issue_is_not_before_the_signature_and_not_to_come(report, people, days):
    with pytest.raises(DayOutOfOrder):
        issued(report, people, on=TODAY + timedelta(days=days))


def test_a_corrected_report_has_a_number_of_its_own_and_the_old_one_stays(report, people):
    first = issued(report, people)
    base = report.newest.number
    report.recall(base=base, by=people["leader"], at=NOW, reason="Sai số liệu")
    drafting.rewrite(report, base=base, key=S, typed="Có [1] buổi.", by=people["writer"], at=NOW)
    second = issued(report, people)
    old, new = (Text(one.version).document(today=TODAY) for one in (first, second))
    assert (old.reference(), new.reference()) == ("01/BC-UBND", "02/BC-UBND")
    assert "thay thế Báo cáo số 01/BC-UBND ngày 20/03/2026" in new.body[0].text
    assert "đã tổ chức 1 buổi" in " ".join(str(getattr(block, "text", "")) for block in old.body)


def test_after_a_recall_who_wrote_before_may_sign_what_others_corrected(report, people):
    issued(report, people)
    base = report.newest.number
    report.recall(base=base, by=people["leader"], at=NOW, reason="Sai số liệu")
    drafting.rewrite(report, base=base, key=S, typed="Có [1] buổi.", by=people["leader"], at=NOW)
    report.submit(base=report.newest.number, by=people["leader"], at=NOW)
    report.sign(base=report.newest.number, by=people["writer"], at=NOW)
    assert report.last_step.kind == Step.SIGNED


@pytest.mark.django_db(transaction=True)
def test_many_who_issue_at_once_get_different_numbers(transactional_db):
    places = territory.build()
    people = {name: UserFactory() for name in ("writer", "leader")}
    tokens = [f"2026-{month:02}" for month in range(1, 4)] + ["2025-12"]
    reports = [draft(places["n1"], people["writer"], token) for token in tokens]
    for report in reports:
        signed(report, people)
    numbers, start = [], threading.Barrier(len(reports))

    def give(report: Report) -> None:
        start.wait()
        made = report.issue(base=report.newest.number, number=None, on=TODAY, by=people["writer"], at=NOW, today=TODAY)
        numbers.append(made.number)
        connection.close()

    threads = [threading.Thread(target=give, args=[report]) for report in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2, 3, 4]
