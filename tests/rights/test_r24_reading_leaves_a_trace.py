"""R24: reading personal data leaves a trace with its purpose."""

import pytest
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.models import SubjectRequest
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from tests.factories import administrator, commune, province, user

pytestmark = pytest.mark.django_db


def traces(verb: str):
    return list(AuditEntry.objects.filter(verb=verb).values_list("actor", "subject_type", "subject_id", "purpose"))


def test_looking_at_an_account_is_written_down(client):
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER)
    client.force_login(boss)
    page = client.get(reverse("administration:person", kwargs={"pk": person.pk}))
    assert traces("viewed") == [(str(boss.pk), "accounts.user", str(person.pk), "accounts")]
    assert boss.full_name in page.content.decode()


def test_looking_at_the_list_names_who_was_on_it(client):
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER)
    client.force_login(boss)
    client.get(reverse("administration:people"), {"q": person.username})
    [entry] = AuditEntry.objects.filter(verb="listed")
    assert list(entry.fields) == [f"account {person.pk}"]
    assert entry.purpose == "accounts"


def test_looking_at_a_request_is_written_down(client):
    here = commune()
    asked = SubjectRequest(kind="ask", area=here, text="what?")
    asked.file(at=timezone.now(), requester=None)
    officer = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(officer)
    client.get(reverse("administration:request", kwargs={"pk": asked.pk}))
    assert traces("viewed") == [(str(officer.pk), "accounts.subjectrequest", str(asked.pk), "request")]


def test_taking_along_ones_own_data_is_written_down(client):
    person = user()
    client.force_login(person)
    client.get(reverse("administration:held"))
    client.get(reverse("administration:held-json"))
    assert traces("viewed") == [(str(person.pk), "accounts.user", str(person.pk), "own data")]
    assert traces("took_own_data") == [(str(person.pk), "accounts.user", str(person.pk), "own data")]


def test_looking_at_somebody_of_another_area_is_not_possible(client):
    person = user(Role.COMMUNE_OFFICER, area=commune(parent=province("12", "Lai Châu")))
    client.force_login(administrator(province()))
    assert client.get(reverse("administration:person", kwargs={"pk": person.pk})).status_code == 404
    assert traces("viewed") == []
