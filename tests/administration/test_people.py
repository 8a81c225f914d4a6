"""The pages of accounts, as an administrator uses them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.models import Assignment, User
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.areas.models import Level
from luytre.ui.context import May
from luytre.ui.navigation import cards_for
from tests.factories import administrator, commune, nation, province, residential, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    person = administrator(province())
    client.force_login(person)
    return person


def url(name: str, person: User) -> str:
    return reverse(f"administration:{name}", kwargs={"pk": person.pk})


def names_on(page) -> set[str]:
    return {line.person.username for line in page.context["lines"]}


def test_the_list_shows_ones_area_and_no_other(client, boss):
    here = user(Role.COMMUNE_OFFICER, username="o.day")
    user(Role.COMMUNE_OFFICER, area=commune(parent=province("12", "Lai Châu")), username="o.kia")
    page = client.get(reverse("administration:people"))
    assert names_on(page) == {"o.day", boss.username}
    assert here.full_name in page.content.decode()
    assert "UNDEFINED" not in page.content.decode()


def test_the_list_is_searched_and_filtered(client, boss):
    place = commune("Mường Phăng")
    officer = user(Role.COMMUNE_OFFICER, area=place, full_name="Quàng Thị Ằm", username="am", phone="0912345678")
    head = user(Role.AREA_HEAD, area=residential(parent=place), username="head")
    user(Role.COMMUNE_OFFICER, username="elsewhere")
    client.post(url("suspend", head), {"reason": "moved away"})
    for asked, expected in [
        ({"q": "quang am"}, {"am"}),
        ({"q": "0912"}, {"am"}),
        ({"role": Role.AREA_HEAD}, {"head"}),
        ({"area": place.code}, {"am", "head"}),
        ({"state": "suspended"}, {"head"}),
        ({"q": "nobody"}, set()),
    ]:
        assert names_on(client.get(reverse("administration:people"), asked)) == expected, asked
    assert officer.is_active


def test_the_list_asks_the_database_a_constant_number_of_times(client, boss, django_assert_max_num_queries):
    for _number in range(20):
        user(Role.COMMUNE_OFFICER)
    with django_assert_max_num_queries(25):
        client.get(reverse("administration:people"))


def test_an_account_is_made_and_its_slip_printed_once(client, boss):
    place = commune("Mường Phăng")
    data = {"full_name": "Lò Văn A", "username": "Lo.Van.A", "phone": "+84 912 345 678", "position": "Công an viên"}
    answer = client.post(reverse("administration:person-new"), data | {"role": Role.COMMUNE_OFFICER, "area": place.pk})
    assert answer.status_code == 200
    [slip] = answer.context["slips"]
    assert slip.printed_code in answer.content.decode()
    made = User.objects.get(username="lo.van.a")
    assert made.phone == "0912345678"
    assert made.roles_on(timezone.localdate()) == {Role.COMMUNE_OFFICER}
    assert "no-store" in answer["Cache-Control"]
    assert slip.printed_code not in client.get(url("person", made)).content.decode()


def test_what_is_wrong_with_a_new_account_is_said_all_at_once(client, boss):
    user(username="lo.van.a")
    data = {"full_name": "", "username": "lo.van.a", "phone": "12", "role": Role.AUDITOR, "area": "999999"}
    answer = client.post(reverse("administration:person-new"), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"full_name", "username", "phone", "role", "area"}


def test_a_role_at_the_wrong_level_is_refused_in_words(client, boss):
    data = {"full_name": "Lò Văn A", "username": "lo.van.a", "role": Role.PROVINCE_DESK, "area": commune().pk}
    answer = client.post(reverse("administration:person-new"), data)
    assert answer.status_code == 422
    assert str(Level.PROVINCE.label) in answer.content.decode()


def test_nobody_is_put_into_another_area(client, boss):
    elsewhere = commune(parent=province("12", "Lai Châu"))
    data = {"full_name": "Lò Văn A", "username": "lo.van.a", "role": Role.COMMUNE_OFFICER, "area": elsewhere.pk}
    assert client.post(reverse("administration:person-new"), data).status_code == 422
    assert not User.objects.filter(username="lo.van.a").exists()


@pytest.mark.parametrize("name", ["person", "reset", "suspend", "lift", "assign", "stand-in"])
def test_somebody_of_another_area_is_not_found(client, boss, name):
    stranger = user(Role.COMMUNE_OFFICER, area=commune(parent=province("12", "Lai Châu")))
    assert client.get(url(name, stranger)).status_code == 404
    assert client.post(url(name, stranger), {"reason": "because"}).status_code in (404, 405)


@pytest.mark.parametrize("name", ["person", "reset", "suspend", "lift", "assign", "stand-in"])
def test_each_page_about_a_person_opens(client, boss, name):
    page = client.get(url(name, user(Role.COMMUNE_OFFICER)))
    assert page.status_code == 200
    assert "UNDEFINED" not in page.content.decode()


def test_the_life_of_an_account_through_its_pages(client, boss):
    place = commune()
    person, other = user(Role.COMMUNE_OFFICER, area=place), user(Role.COMMUNE_OFFICER, area=place)
    today = timezone.localdate()
    assert client.post(url("suspend", person), {"reason": "phone was stolen"}).status_code == 302
    assert not person.is_active
    assert client.post(url("suspend", person), {"reason": "phone was stolen"}).status_code == 422
    assert client.post(url("lift", person), {"reason": "phone is back"}).status_code == 302
    assert person.is_active
    given = {"role": Role.COMMUNE_LEADER, "area": place.pk, "valid_from": today.isoformat(), "valid_to": ""}
    assert client.post(url("assign", person), given).status_code == 302
    days = {"stand_in": other.username, "first": today.isoformat(), "last": (today + timedelta(days=6)).isoformat()}
    assert client.post(url("stand-in", person), days).status_code == 302
    assert Role.COMMUNE_LEADER in other.roles_on(today + timedelta(days=6))
    assert Role.COMMUNE_LEADER not in other.roles_on(today + timedelta(days=7))
    leading = Assignment.objects.get(user=person, role=Role.COMMUNE_LEADER)
    ending = reverse("administration:end", kwargs={"pk": leading.pk})
    assert client.get(ending).status_code == 200
    assert client.post(ending, {"on": (today + timedelta(days=1)).isoformat()}).status_code == 302
    answer = client.post(url("reset", person), {"second_step_too": "on"})
    assert answer.context["slips"][0].printed_code in answer.content.decode()
    page = client.get(url("person", person)).content.decode()
    assert "UNDEFINED" not in page


def test_leaders_see_accounts_and_change_none(client):
    place = commune()
    person = user(Role.COMMUNE_OFFICER, area=place)
    client.force_login(user(Role.COMMUNE_LEADER, area=place))
    assert client.get(url("person", person)).status_code == 200
    assert client.get(url("suspend", person)).status_code == 403
    assert client.post(url("reset", person)).status_code == 403


def test_my_account_shows_my_roles_and_opens_for_everybody(client):
    person = user(Role.AREA_HEAD)
    client.force_login(person)
    page = client.get(reverse("account"))
    assert page.status_code == 200
    assert str(person.assignments.get().area) in page.content.decode()
    assert "UNDEFINED" not in page.content.decode()


def cards(person, rf) -> set[str]:
    request = rf.get("/")
    request.user = person
    return {card.url for card in cards_for(request, May(person))}


def test_a_card_asks_for_a_second_step_until_it_is_there(rf):
    asked = reverse("mfa_index")
    assert asked in cards(user(Role.COMMUNE_OFFICER), rf)
    assert asked not in cards(user(Role.AREA_HEAD), rf)
    safe = user(Role.COMMUNE_OFFICER)
    safe.authenticator_set.create(type="totp", data={"secret": "x"})
    assert asked not in cards(safe, rf)


def test_the_public_page_of_limits_names_every_rule(client):
    page = client.get(reverse("limits")).content.decode()
    assert page.count("<li id=") == 26
    assert "UNDEFINED" not in page


def test_the_nation_administers_everybody(client):
    client.force_login(administrator(nation()))
    person = user(Role.AREA_HEAD)
    assert client.get(url("person", person)).context["may_act"]
    assert person.may(Permission.SESSION_WRITE, on=timezone.localdate())
