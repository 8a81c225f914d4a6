"""Run by test_replicas.py in a process of its own, with a replica in its settings; prints what it saw."""

import json
import os
import subprocess
import time
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import Role
from luytre.activities.models import Topic
from luytre.api.models import Token
from luytre.areas.models import Area, Level
from luytre.running import replicas

COMMUNE = "03325"  # Mường Phăng, Điện Biên
FIGURE = f"/api/v1/figures?area={COMMUNE}&indicator=outreach_sessions&period=2026-01"
LIST = "/api/v1/registers/outreach-sessions"


def officer(name: str, area: Area) -> tuple[User, Client]:
    person = User.objects.create_user(name, None, full_name=name)
    Assignment.objects.create(user=person, role=Role.COMMUNE_OFFICER, area=area, valid_from=date(2020, 1, 1))
    secret = Token(name="x").issue(by=person, at=datetime.now(UTC))
    return person, Client(headers={"Authorization": f"Bearer {secret}"}, SERVER_NAME="localhost")


def asked(act) -> tuple[object, dict[str, list[str]]]:
    """The answer, and the statements that each database was asked by the page itself."""
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["replica1"]) as other:
        answer = act()
    checks = ("pg_current_wal_lsn", "pg_last_wal_replay_lsn")
    found = {"default": one, "replica1": other}
    return answer, {
        alias: [query["sql"] for query in seen.captured_queries if not any(check in query["sql"] for check in checks)]
        for alias, seen in found.items()
    }


def places(act) -> list[str]:
    return sorted(alias for alias, statements in asked(act)[1].items() if statements)


def where(table: str, statements: dict[str, list[str]]) -> str:
    return ",".join(alias for alias, some in statements.items() if any(f'FROM "{table}"' in one for one in some))


def replica(statement: str) -> None:
    with psycopg.connect(os.environ["STORY_REPLICA_OWNER"], autocommit=True) as connection:
        connection.execute(statement)


def caught_up() -> None:
    target = replicas.position("default", "pg_current_wal_lsn")
    while replicas.position("replica1", "pg_last_wal_replay_lsn") < target:
        time.sleep(0.05)
    time.sleep(0.25)


def read_from_the_replica(reader: Client) -> dict[str, list[str]]:
    """The log goes on by itself, so that the very first look may come before the replica has the last of it."""
    for _look in range(50):
        _answer, statements = asked(lambda: reader.get(LIST))
        if where("activities_outreachsession", statements) == "replica1":
            break
        time.sleep(0.25)
    return statements


def told_by_looking(reader: Client) -> dict[str, object]:
    statements = read_from_the_replica(reader)
    _answer, asked_figures = asked(lambda: reader.get(FIGURE))
    strangers = Client(SERVER_NAME="localhost").get("/api/v1/catalogue").cookies
    return {
        "looking": {"records": where("activities_outreachsession", statements), "who": where("api_token", statements)},
        "stranger's cookies": list(strangers),
        "kept sums": [
            alias for alias, some in asked_figures.items() if any("reporting_return r" in one for one in some)
        ],
    }


def sent() -> str:
    values = {"held_on": "2026-01-05", "area": COMMUNE, "place": "Sân", "attendance": 40}
    return json.dumps({"uid": str(uuid4()), "values": {**values, "topics": [Topic.objects.first().code]}})


def told_while_it_stands_still(reader: Client, writer: Client, person: User) -> dict[str, object]:
    told: dict[str, object] = {}
    content = sent()
    replica("SELECT pg_wal_replay_pause()")
    written, statements = asked(lambda: writer.post(LIST, content, content_type="application/json"))
    assert written.status_code == 201, written.content
    told["writing"] = [alias for alias, some in statements.items() if some]
    told["own after writing"] = writer.get(LIST).json()["count"]
    told["others at once"] = reader.get(LIST).json()["count"]
    for _pause in range(2):
        time.sleep(1.7)
        person.save()  # the log goes on
        reader.get(LIST)
    time.sleep(1.7)
    told["others when the replica is too far behind"] = reader.get(LIST).json()["count"]
    told["place when the replica is too far behind"] = places(lambda: reader.get(LIST))
    replica("SELECT pg_wal_replay_resume()")
    caught_up()
    told["caught up"] = places(lambda: reader.get(LIST))
    return told


def told_by_a_browser(person: User) -> dict[str, object]:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(person)
    caught_up()
    told: dict[str, object] = {"accounts page": places(lambda: browser.get("/api/v1/tokens/"))}
    cookie = browser.post("/api/v1/tokens/", {"name": ""}).cookies[replicas.COOKIE]
    told["cookie"] = {name: cookie[name] for name in ("httponly", "max-age", "samesite")}
    told["after the cookie"] = places(lambda: browser.get("/activities/outreach-sessions/"))
    return told


def told_by_dying(reader: Client) -> dict[str, object]:
    caught_up()
    reader.get(LIST)
    replicas.CHECKED_EVERY = timedelta(seconds=60)  # nobody notices before it is read
    program, data = json.loads(os.environ["STORY_STOP"])
    whose = {} if os.geteuid() else {"user": int(os.environ["STORY_UID"]), "extra_groups": []}
    subprocess.run([program, "stop", "-s", "-w", "-m", "immediate", "-D", data], check=True, cwd="/", **whose)
    dying = reader.get(LIST)
    with CaptureQueriesContext(connections["default"]) as seen:
        reader.get(LIST)
    dead = where("activities_outreachsession", {"default": [query["sql"] for query in seen.captured_queries]})
    return {"dying": [dying.status_code, dying.json()["count"]], "dead": dead}


def main() -> None:
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    replicas.MOST_BEHIND = timedelta(seconds=1.5)
    replicas.CHECKED_EVERY = timedelta(seconds=0.2)
    commune = Area.objects.get(code=COMMUNE, level=Level.COMMUNE, valid_to=None)
    person, writer = officer("writer", commune)
    _other, reader = officer("reader", commune)
    caught_up()
    told = told_by_looking(reader) | told_while_it_stands_still(reader, writer, person)
    print(json.dumps(told | told_by_a_browser(person) | told_by_dying(reader)))
