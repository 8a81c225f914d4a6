"""R8: no quota, target or ranking on tips, arrests or messages, and no leaderboard of people."""

import re
import typing

import pytest
from django.db import models
from django.http import QueryDict

from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.reporting import catalogue
from luytre.reporting.exploring import asking, comparing, outliers, ranking
from luytre.reporting.models import Behaviour, Nature
from tests.factories import user
from tests.reporting import territory
from tests.reporting.exploring.conftest import NATION, TODAY

EVERY = list(catalogue.definitions().values())
NAMES = {
    "tips": r"tip(s|_)|crime_source|reporter|false_report|feedback|opinion|\btin báo|tố giác|nguồn tin|phản ánh|ý kiến",
    "arrests": r"offender|arrest|caught|wanted|seized|cases|violation|prisoner|drug_user|bị bắt|đối tượng|truy nã|vụ ",
    "messages": r"zalo|social_post|news|posts|letters|tin bài|\bbài\b",
    "people": r"person|individual|member|attendance|people|veteran|donor|pledges_signed",
}
COUNTS_PEOPLE = re.compile(r"\b(người|thành viên|hội viên|đối tượng|học sinh|cá nhân|trường hợp|hộ)\b")


@pytest.fixture
def places(db):
    return territory.build()


def sides(definition) -> list:
    if definition.behaviour != Behaviour.RATIO:
        return [definition]
    return [definition, catalogue.get(definition.numerator)]


@pytest.mark.parametrize("definition", EVERY, ids=lambda one: one.code)
def test_what_is_put_in_order_is_work_or_a_result_that_targets_may_be_set_for(definition):
    if comparing.refusal(definition) is None:
        assert definition.nature in (Nature.OUTPUT, Nature.OUTCOME)
        assert definition.is_target_allowed


@pytest.mark.parametrize("subject", NAMES)
@pytest.mark.parametrize("definition", EVERY, ids=lambda one: one.code)
def test_nothing_about_tips_arrests_messages_or_people_is_put_in_order(definition, subject):
    """By the words of the catalogue, whatever its other columns say."""
    said = " ".join(f"{one.code} {one.vi_name}" for one in sides(definition))
    if re.search(NAMES[subject], said) and definition.code not in NOT_MEANT:
        assert comparing.refusal(definition) is not None


NOT_MEANT = {
    "listening_forums": "the meetings that were held, not what was said in them",
    "peoples_security_teams": "teams, not people",
}


@pytest.mark.parametrize("definition", EVERY, ids=lambda one: one.code)
def test_nothing_that_counts_people_is_put_in_order(definition):
    if any(COUNTS_PEOPLE.search(one.vi_unit) for one in sides(definition)):
        assert comparing.refusal(definition) is not None


def test_a_wrong_column_in_the_catalogue_opens_no_ranking():
    """Tips, arrests, messages and people stay refused even as an output with targets allowed."""
    listed = [one for one in EVERY if (found := comparing.refusal(one)) and found.reason != "target"]
    assert {"crime_tips_received", "offenders_handled", "outreach_social_posts", "awards_individuals"} <= {
        one.code for one in listed
    }
    for one in listed:
        changed = catalogue.Definition(**{field.attname: getattr(one, field.attname) for field in one._meta.fields})
        changed.nature, changed.is_target_allowed = Nature.OUTPUT, True
        assert comparing.refusal(changed) is not None


@pytest.mark.parametrize("code", ["crime_tips_received", "offenders_handled", "outreach_social_posts"])
def test_a_map_of_what_people_report_or_of_arrests_is_refused_too(code):
    with pytest.raises(comparing.NeverRanked):
        comparing.allow_map(catalogue.get(code))
    comparing.allow_map(catalogue.get("outreach_attendances"))


def test_every_line_of_the_reviewed_list_is_in_the_catalogue():
    known = set(catalogue.definitions())
    groups, units = {one.group for one in EVERY}, {one.vi_unit for one in EVERY}
    for listed in comparing.rules()["refused"].values():
        assert set(listed.get("codes", ())) <= known
        assert set(listed.get("groups", ())) <= groups
        assert set(listed.get("units", ())) <= units


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["outreach_attendances", "model_members"])
def test_the_page_refuses_with_a_sentence(client, places, code):
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    page = client.get(f"/figures/explore/order/?area=11&indicator={code}")
    assert page.status_code == 200
    assert str(comparing.WHY["people"]) in page.content.decode()
    assert "ranking" not in page.context


@pytest.mark.django_db
def test_the_refusal_is_in_the_ranking_itself_not_only_on_the_page(places):
    asked = asking.ask(QueryDict("area=11&below=children&indicator=model_members"), scope=NATION, today=TODAY)
    with pytest.raises(comparing.NeverRanked):
        ranking.rank(asked)


@pytest.mark.parametrize("kind", [ranking.Entry, outliers.Outlier])
def test_no_ranking_and_no_outlier_is_of_a_person(kind):
    """They hold a place and a number, and nothing that leads to anybody with an account."""
    held = typing.get_type_hints(kind)
    assert held["area"] is Area
    rows = {one for one in held.values() if isinstance(one, type) and issubclass(one, models.Model)}
    assert rows <= {Area, catalogue.Definition}
