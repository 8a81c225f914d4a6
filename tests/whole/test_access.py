"""Every address of the site, walked: nobody comes in by an unmarked door."""

import re
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern

from luytre.accounts.access import PUBLIC, SIGNED_IN, access_of, allow, public
from luytre.accounts.checks import patterns, unmarked
from luytre.accounts.permissions import Permission
from tests.factories import user

FILLS = {"int": "999999", "uuid": "00000000-0000-4000-8000-000000000000", "path": "nothing", "slug": "nothing"}


def address(place: str) -> str:
    """The address with something in each of its gaps."""
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda gap: FILLS.get(gap[1] or "str", "nothing"), place)
    return "/" + re.sub(r"[\^$]|\\Z", "", filled)


DOORS = [
    (place, pattern) for place, pattern in patterns(get_resolver()) if not isinstance(pattern.pattern, RegexPattern)
]
IDS = [place or "/" for place, _ in DOORS]
OURS = [(place, door) for place, door in DOORS if door.callback.__module__.startswith("luytre.")]


def knock(client, place: str) -> HttpResponse:
    answer = client.get(address(place))
    return client.post(address(place)) if answer.status_code == 405 else answer


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "door"), DOORS, ids=IDS)
def test_a_stranger_is_sent_to_sign_in_unless_the_page_is_public(client, place, door):
    answer = knock(client, place)
    if access_of(door.callback) == PUBLIC:
        assert answer.status_code not in (403, 500)
    else:
        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in/")


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "door"), OURS, ids=[place or "/" for place, _ in OURS])
def test_somebody_without_a_role_comes_only_into_pages_about_oneself(client, place, door):
    client.force_login(user())
    answer = knock(client, place)
    if access_of(door.callback) in (PUBLIC, SIGNED_IN):
        assert answer.status_code not in (403, 500)
    else:
        assert answer.status_code == 403


def test_every_view_is_marked():
    assert unmarked(get_resolver()) == []


def door(view) -> URLResolver:
    pattern = path("somewhere/", view)
    assert isinstance(pattern, URLPattern)
    return SimpleNamespace(url_patterns=[pattern])


def test_an_unmarked_view_stops_the_start():
    def forgotten(request):
        return HttpResponse()

    [error] = unmarked(door(forgotten))
    assert error.id == "access.E001"
    assert "somewhere/" in error.msg
    assert unmarked(door(public(forgotten))) == []


def test_a_mark_names_the_permission():
    @allow(Permission.AUDIT_READ)
    def page(request):
        return HttpResponse()

    assert access_of(page) == Permission.AUDIT_READ
