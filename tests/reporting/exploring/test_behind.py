"""The records behind a number are the very rows that were counted: no more, no fewer."""

import re
from datetime import date

import pytest
import time_machine
from django.db.models import Sum

from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.areas.models import Scope
from luytre.common.periods import Window
from luytre.registry.models import Organisation
from luytre.reporting import catalogue, rollup
from luytre.reporting.exploring import behind
from luytre.reporting.exploring.behind import Reader
from luytre.reporting.questions import Question
from tests.factories import user
from tests.reporting.exploring.conftest import TODAY

pytestmark = [pytest.mark.django_db]
YEAR = Window(date(2025, 4, 1), TODAY)


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2026-03-31T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def recorded(places, record, site):
    record("n1", times=2)
    record("s1", times=3, attendance=25)
    record("c1", on=date(2025, 5, 1))
    record("n3", times=4)
    record("n1", on=date(2024, 1, 1))
    [gone] = record("n1")
    gone.remove(by=gone.created_by, reason="ghi trùng")
    for place, name in [("s1", "Camera"), ("s1", "Đèn"), ("s3", "Camera"), ("n3", "Kẻng")]:
        site(place, name=name)
    return places


def reader(role=Role.MINISTRY_DESK, **more) -> Reader:
    person = user(role, **more)
    return Reader(person, person.scope(Permission.FIGURE_READ, on=TODAY))


def sources(places, place: str, code: str, who: Reader):
    question = Question(places[place], YEAR, TODAY)
    return behind.sources(catalogue.get(code), question, who)


@pytest.mark.parametrize("place", ["nation", "n11", "n1", "n2", "n3", "s1"])
@pytest.mark.parametrize(
    "code", ["outreach_sessions", "outreach_attendances", "model_sites", "model_types", "models_new"]
)
def test_the_rows_give_the_figure(recorded, place, code):
    """Counted here by hand from the rows that the page lists."""
    [source] = sources(recorded, place, code, reader(area=recorded["nation"]))
    figure = rollup.total(recorded[place], code, YEAR, territory=TODAY)
    by_hand = {
        "outreach_sessions": lambda rows: rows.count(),
        "model_sites": lambda rows: rows.count(),
        "models_new": lambda rows: rows.count(),
        "outreach_attendances": lambda rows: rows.aggregate(all=Sum("attendance"))["all"] or 0,
        "model_types": lambda rows: rows.order_by().values("initiative").distinct().count(),
    }
    assert by_hand[code](source.rows) == figure.value
    assert behind.recounted([source]).value == figure.value


def test_several_registers_that_make_one_number_are_listed_each(recorded, record):
    host = Organisation.objects.create(kind="school", area=recorded["n2"], name="Trường thử")
    record("n2", organisation=host)
    found = sources(recorded, "n11", "outreach_locations", reader(area=recorded["nation"]))
    assert [source.rows.model.__name__ for source in found] == ["OutreachSession", "Organisation"]
    figure = rollup.total(recorded["n11"], "outreach_locations", YEAR, territory=TODAY)
    places = found[0].rows.order_by().values("area__path").distinct().count()
    assert places + found[1].rows.count() == figure.value == 2


def test_who_may_not_read_the_register_sees_the_figure_and_no_row(recorded):
    [source] = sources(recorded, "n11", "outreach_sessions", reader(Role.COMMITTEE, area=recorded["n11"]))
    assert source.scope is None
    assert list(source.rows) == []


def test_records_outside_one_s_area_are_counted_and_not_shown(recorded):
    who = reader(Role.COMMUNE_OFFICER, area=recorded["n1"])
    [source] = sources(recorded, "n11", "outreach_sessions", who)
    assert (source.rows.count(), source.hidden) == (6, 4)


def test_the_page_lists_them_with_links_and_the_figure(client, recorded):
    client.force_login(user(Role.COMMUNE_OFFICER, area=recorded["n1"]))
    page = client.get("/figures/outreach_sessions/records/?area=00001&from=2025-04-01&to=2026-03-31").content.decode()
    assert len(re.findall(r'/activities/outreach-sessions/\d+/"', page)) == 6
    assert "<strong>6</strong>" in page


def test_the_page_of_a_ratio_leads_to_its_two_counts(client, recorded):
    client.force_login(user(Role.PROVINCE_DESK, area=recorded["n11"]))
    page = client.get("/figures/residential_areas_with_model_rate/records/?area=11&period=2026-03").content.decode()
    assert "/figures/residential_areas_with_model/records/?" in page
    assert "/figures/residential_areas_total/records/?" in page


def test_a_foreign_place_and_an_unknown_number_are_not_there(client, recorded):
    client.force_login(user(Role.COMMUNE_OFFICER, area=recorded["n1"]))
    assert client.get("/figures/outreach_sessions/records/?area=00004&period=2026-03").status_code == 404
    assert client.get("/figures/no_such/records/?area=00001&period=2026-03").status_code == 404
    assert client.get("/figures/outreach_sessions/records/?area=00001&period=2026-19").status_code == 400


def test_a_scope_that_is_narrower_than_the_question_cuts_the_rows(recorded):
    person = user(Role.PROVINCE_DESK, area=recorded["n11"])
    who = Reader(person, Scope(("0.11.",), TODAY))
    [source] = sources(recorded, "nation", "outreach_sessions", who)
    assert source.rows.count() == 10
