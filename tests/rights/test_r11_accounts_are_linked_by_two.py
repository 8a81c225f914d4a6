"""R11, R24: nobody ties an account to a member alone, whoever they are: one asks, its holder says yes."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.roles import GRANTS, Role
from luytre.registry.models import AccountLink
from luytre.registry.models.account_links import NotAsked, OwnAccount
from tests.factories import residential, user
from tests.registry.factories import GuardTeamFactory, rosterable

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def member():
    return rosterable(team=GuardTeamFactory(area=residential()))


@pytest.fixture
def officer(member):
    return user(Role.COMMUNE_OFFICER, area=member.area.parent)


def test_no_keeper_links_themselves(client, member, officer):
    client.force_login(officer)
    address = reverse("registry:member-account", kwargs={"pk": member.pk})
    assert client.post(address, {"account": officer.username}).status_code == 422
    with pytest.raises(OwnAccount):
        AccountLink.ask(member, officer, by=officer, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database says it too
        AccountLink.objects.create(member=member, account=officer, asked_by=officer, asked_at=NOW)
    assert not AccountLink.objects.exists()


def test_nobody_answers_for_the_holder_of_the_account(client, member, officer):
    link = AccountLink.ask(member, user(), by=officer, at=NOW)
    for other in (officer, user(), user(Role.ADMINISTRATOR)):
        with pytest.raises(NotAsked):
            link.answer_with(True, by=other, at=NOW)
        client.force_login(other)
        assert client.post(reverse("registry:link-answer", kwargs={"pk": link.pk}), {"said": "yes"}).status_code == 404
    member.refresh_from_db()
    assert member.account is None


@pytest.mark.parametrize("role", ["", *GRANTS])
def test_no_role_sees_or_parts_another_members_record_as_their_own(client, member, officer, role):
    holder = user()
    AccountLink.ask(member, holder, by=officer, at=NOW).answer_with(True, by=holder, at=NOW)
    client.force_login(user(role))
    assert client.get(reverse("registry:my-record")).context["records"] == []
    assert client.post(reverse("registry:my-record-parting", kwargs={"pk": member.pk})).status_code == 404
    member.refresh_from_db()
    assert member.account == holder


def test_the_account_is_in_no_form(client, member, officer):
    client.force_login(officer)
    said = client.get(reverse("registry:members-edit", kwargs={"pk": member.pk}))
    assert "account" not in said.context["form"].fields
