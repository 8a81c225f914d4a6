"""R23: the trail is append-only and chained; an auditor whom administrators cannot stop reads all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError
from django.urls import reverse
from django.utils import timezone

from luytre import audit
from luytre.accounts import life
from luytre.accounts.models import Assignment, OneTimeCode, Suspension, User
from luytre.accounts.roles import Role
from luytre.audit import chain
from luytre.audit.models import AuditEntry, ChainLink, DailyRoot
from luytre.running import roles
from tests.factories import administrator, auditor, nation, user

pytestmark = pytest.mark.django_db
TABLES = ["audit_auditentry", "audit_chainlink", "audit_dailyroot"]
COUNT = "SELECT count(*) FROM {}"
FORBIDDEN = ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
COLUMN = {"audit_auditentry": "verb = 'x'", "audit_chainlink": "hash = 'x'", "audit_dailyroot": "root = 'x'"}


@contextmanager
def as_application() -> Iterator[None]:
    """Speak to the database as the role of the web server, granted what the set-up grants it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE r23_web NOSUPERUSER")
        roles.grant(connection.connection, role="r23_web")
        cursor.execute("GRANT r23_web TO CURRENT_USER")
        cursor.execute("SET ROLE r23_web")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def fill_trail() -> None:
    person = user()
    for verb in ("signed_in", "viewed", "signed_out"):
        audit.record(person, verb, by=person)
    chain.chain_committed(today=date(2026, 3, 1))
    chain.close_days(before=date(2026, 3, 2))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_sql_of_the_application_cannot_alter_the_trail(table, statement):
    fill_trail()
    with as_application(), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute(statement.format(table, COLUMN[table]))
        cursor.execute(COUNT.format(table))
        assert cursor.fetchone()[0] > 0


def test_the_application_adds_to_the_trail_and_chains_it():
    person = user()
    with as_application():
        audit.record(person, "signed_in", by=person)
        assert chain.chain_committed(today=date(2026, 3, 1)) == 1
        assert chain.close_days(before=date(2026, 3, 2)) == 1


@pytest.mark.parametrize("table", TABLES)
def test_not_even_the_owner_alters_a_row(table):
    fill_trail()
    with connection.cursor() as cursor:
        for statement in FORBIDDEN[:2]:
            with pytest.raises((ProgrammingError, InternalError), match="append-only"), transaction.atomic():
                cursor.execute(statement.format(table, COLUMN[table]))


def forged(statement: str) -> None:
    """What somebody with the machine in their hands could do: the triggers off, a row changed."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET actor = '1' WHERE id = (SELECT min(id) FROM audit_auditentry)",
        "UPDATE audit_auditentry SET at = at - interval '1 day'",
        "DELETE FROM audit_chainlink WHERE sequence = 2",
        "DELETE FROM audit_chainlink WHERE sequence = 3",
        "UPDATE audit_dailyroot SET root = repeat('0', 64)",
    ],
)
def test_forging_is_found(statement):
    fill_trail()
    assert list(chain.verify()) == []
    forged(statement)
    assert list(chain.verify())


def test_the_command_says_whether_the_trail_agrees(capsys):
    fill_trail()
    call_command("audit", "verify")
    forged("UPDATE audit_auditentry SET verb = 'nothing' WHERE verb = 'viewed'")
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify")
    assert ended.value.code == 1
    assert "2" in capsys.readouterr().out


def test_values_are_not_in_the_trail():
    person = user()
    audit.record(person, "corrected", by=person, values={"phone": "0912345678"})
    entry = AuditEntry.objects.get()
    assert "0912345678" not in str(entry.fields)
    assert list(entry.fields) == ["phone"]


VERBS = {
    "reset": lambda person, boss: life.reset(person, by=boss, at=timezone.now()),
    "suspend": lambda person, boss: life.suspend(person, by=boss, at=timezone.now(), reason="quiet please"),
    "lift": lambda person, boss: life.lift(person, by=boss, at=timezone.now(), reason="quiet please"),
    "end": lambda person, boss: life.end(
        person.assignments.get(), by=boss, on=timezone.localdate(), today=timezone.localdate()
    ),
    "assign": lambda person, boss: life.assign(
        Assignment(user=person, role=Role.COMMITTEE, area=nation(), valid_from=timezone.localdate()),
        by=boss,
        on=timezone.localdate(),
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_administrator_reaches_an_auditor(verb):
    with pytest.raises(life.AuditorOutOfReach):
        VERBS[verb](auditor(), administrator(nation()))


@pytest.mark.parametrize("page", ["reset", "suspend", "lift", "assign", "stand-in"])
def test_no_page_reaches_an_auditor(client, page):
    person = auditor()
    client.force_login(administrator(nation()))
    today = timezone.localdate().isoformat()
    other = user(Role.MINISTRY_DESK)
    data = {
        **{"reason": "quiet please", "role": Role.COMMITTEE, "area": "0", "valid_from": today},
        **{"first": today, "last": today, "stand_in": other.username},
    }
    answer = client.post(reverse(f"administration:{page}", kwargs={"pk": person.pk}), data)
    assert answer.status_code == 422
    assert User.objects.get(pk=person.pk).is_active
    assert person.assignments.count() == 1


def test_sql_of_the_application_does_not_reach_an_auditor():
    person, boss, now = auditor(), administrator(nation()), timezone.now()
    attempts = [
        lambda: person.assignments.update(valid_to=timezone.localdate()),
        lambda: person.assignments.update(role=Role.COMMITTEE),
        lambda: person.assignments.all().delete(),
        lambda: Suspension.objects.create(user=person, by=boss, reason="quiet please"),
        lambda: OneTimeCode.issue(person, by=boss, at=now),
    ]
    with as_application():
        for attempt in attempts:
            with pytest.raises(ProgrammingError, match="out of reach"), transaction.atomic():
                attempt()


def test_the_auditor_reads_all_and_their_reading_is_in_it(client):
    fill_trail()
    person = auditor()
    client.force_login(person)
    page = client.get(reverse("administration:trail"))
    assert page.status_code == 200
    assert page.context["page"].paginator.count == 3
    assert "UNDEFINED" not in page.content.decode()
    assert AuditEntry.objects.filter(verb="read_trail", actor=str(person.pk)).exists()
    lines = b"".join(client.get(reverse("administration:trail-export"))).decode().splitlines()
    assert len(lines) == 1 + 5
    assert AuditEntry.objects.filter(verb="exported_trail").exists()


def test_the_filters_of_the_trail_leave_what_fits(client):
    fill_trail()
    client.force_login(auditor())
    somebody = User.objects.earliest("pk")
    for asked, count in [
        ({"verb": "viewed"}, 1),
        ({"actor": somebody.username, "verb": "signed_in"}, 1),
        ({"actor": "load_sample"}, 0),
        ({"kind": "accounts.user", "record": str(somebody.pk)}, 3),
        ({"until": "2020-01-01"}, 0),
    ]:
        page = client.get(reverse("administration:trail"), asked)
        assert page.context["page"].paginator.count == count, asked


def test_administrators_do_not_read_the_trail(client):
    client.force_login(administrator(nation()))
    assert client.get(reverse("administration:trail")).status_code == 403


def test_the_daily_root_is_public(client):
    fill_trail()
    root = DailyRoot.objects.get()
    assert root.root in client.get(reverse("administration:roots")).content.decode()
    assert client.get(reverse("administration:roots-json")).json()["roots"][0]["root"] == root.root


def test_nothing_is_added_to_a_day_whose_root_is_out():
    fill_trail()
    audit.record(user(), "signed_in", by="late")
    chain.chain_committed(today=date(2026, 3, 1))
    assert ChainLink.objects.latest("sequence").on == date(2026, 3, 2)
    assert list(chain.verify()) == []
