"""R16: attendance is a head-count or an unlinkable one-time code; tokens of two sessions cannot be joined."""

import re
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from luytre.activities.models import LearningCheck, PlannedSession, Room, UsedTicket
from luytre.activities.models.outreach_rooms import NotATicket, RoomClosed, TicketUsed, close_what_is_over
from luytre.audit.models import AuditEntry
from tests.activities.factories import LearningQuestionFactory, PlannedSessionFactory, TopicFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=4)


def room(planned: PlannedSession | None = None, *, at: datetime | None = None) -> Room:
    now = at or timezone.now()
    return Room.open(planned or PlannedSessionFactory(), by=UserFactory(), at=now, until=now + HOURS)


def approved_questions(count: int = 3) -> None:
    for _ in range(count):
        LearningQuestionFactory().approve(by=UserFactory(), at=timezone.now())


def everything_stored() -> str:
    """All rows of all tables, as a thief of the database would read them."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            said += [repr(row) for row in cursor.fetchall()]
    return "\n".join(said)


def test_the_same_ticket_leaves_different_marks_in_two_rooms_and_for_two_purposes():
    one, two = room(), room()
    number = one.ticket().partition("-")[0]
    marks = {each.keyed(purpose, number) for each in (one, two) for purpose in ("here", "before", "after")}
    assert len(marks) == 6


def test_a_ticket_of_one_room_opens_no_other():
    one, two = room(), room()
    with pytest.raises(NotATicket):
        two.come_in(one.ticket(), at=timezone.now())
    assert not UsedTicket.objects.exists()


def test_a_ticket_counts_once():
    here = room()
    ticket = here.ticket()
    here.come_in(ticket, at=timezone.now())
    with pytest.raises(TicketUsed):
        here.come_in(ticket, at=timezone.now())
    here.refresh_from_db()
    assert here.present_count == 1


@pytest.mark.parametrize("made_up", ["", "-", "abc", "00-00", "é-é"])
def test_a_ticket_that_was_made_up_counts_nothing(made_up: str):
    here = room()
    with pytest.raises(NotATicket):
        here.come_in(made_up, at=timezone.now())


def test_the_end_of_a_room_throws_away_code_salt_and_marks_and_keeps_the_count():
    here = room()
    for _ in range(3):
        here.come_in(here.ticket(), at=timezone.now())
    here.refresh_from_db()
    code, salt = here.code, here.salt
    here.close(by=UserFactory(), at=timezone.now())
    here.refresh_from_db()
    assert (here.code, here.salt, here.present_count) == ("", "", 3)
    assert not UsedTicket.objects.exists()
    stored = everything_stored()
    assert salt not in stored
    assert f"'{code}'" not in stored


def test_a_room_that_nobody_closes_closes_by_itself():
    here = room(at=timezone.now() - timedelta(hours=9))
    with pytest.raises(RoomClosed):
        here.come_in(here.ticket(), at=timezone.now())
    assert close_what_is_over(at=timezone.now()) == 1
    here.refresh_from_db()
    assert here.salt == ""


def tap(client: Client, code: str) -> tuple[Client, str]:
    """One phone: opens the room, taps that it is here; returns what the server gave it."""
    page = client.get(f"/rooms/{code}/")
    given = str(page.cookies)
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())[1]
    answer = client.post(
        f"/rooms/{code}/presence/", {"ticket": ticket}, HTTP_USER_AGENT="Điện-thoại-của-Lò", REMOTE_ADDR="203.0.113.77"
    )
    assert answer.status_code == 302
    return client, given + str(answer.cookies)


def test_two_phones_get_the_same_cookies_and_nothing_of_them_is_stored():
    here = room()
    given = {tap(Client(enforce_csrf_checks=True), here.code)[1] for _ in range(3)}
    assert len(given) == 1, "a cookie would tell one phone from another"
    stored = everything_stored()
    assert "203.0.113.77" not in stored
    assert "thoại-của-Lò" not in stored
    here.refresh_from_db()
    assert here.present_count == 3


def test_a_phone_that_tapped_is_not_asked_again():
    here = room()
    client, _given = tap(Client(), here.code)
    assert "/presence/" not in client.get(f"/rooms/{here.code}/").content.decode()


def test_taps_leave_no_time_and_no_line_in_the_trail():
    """The minute of a tap would join it to what was seen at the door."""
    here = room()
    before = AuditEntry.objects.count()
    here.come_in(here.ticket(), at=timezone.now())
    assert AuditEntry.objects.count() == before
    assert {field.name for field in UsedTicket._meta.concrete_fields} == {"mark", "room"}


def test_answers_are_counts_and_no_sheet_can_be_put_together():
    approved_questions()
    planned = PlannedSessionFactory()
    check = LearningCheck.start(planned, TopicFactory(), by=UserFactory(), at=timezone.now())
    here = room(planned)
    questions = [tally.question for tally in check.lines]
    right = {question.pk: question.right for question in questions}
    check.take(here, here.ticket(), "before", {questions[0].pk: "b"}, at=timezone.now())
    check.take(here, here.ticket(), "before", right, at=timezone.now())
    check.take(here, here.ticket(), "after", right, at=timezone.now())
    check.refresh_from_db()
    assert (check.before_count, check.after_count) == (2, 1)
    assert [(tally.right_before, tally.right_after) for tally in check.lines] == [(2, 1), (1, 1), (1, 1)]
    with pytest.raises(LookupError):
        apps.get_model("activities", "LearningAnswer")


def test_no_table_of_outreach_has_a_column_for_a_participant():
    names = re.compile(r"name|phone|person|participant|device|agent|address|pupil")
    for model in (Room, UsedTicket, LearningCheck, apps.get_model("activities", "LearningTally")):
        assert not [field.name for field in model._meta.concrete_fields if names.search(field.name)]


def test_the_questions_come_with_the_program_once():
    from luytre.activities.catalogue import sync_questions, sync_topics
    from tests.factories import nation

    nation()
    sync_topics()
    assert sync_questions() >= 24
    assert sync_questions() == 0
    call_command("sync_lists", verbosity=0)
