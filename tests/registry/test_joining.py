"""Residents ask to join by themselves; the commune accepts, or says why not; then they are forgotten."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luytre.accounts import retention
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.registry.models import Consent, JoinRequest, Member
from luytre.registry.models.joining import AlreadyAnswered
from tests.factories import commune, user
from tests.registry.factories import GroupKindFactory, WatchGroupFactory

pytestmark = pytest.mark.django_db
JOIN = {"area": "Mường Đây", "full_name": "Lò Thị Mai", "phone": "0912345678", "agrees": "on"}


@pytest.fixture
def here():
    return commune("Mường Đây")


def asked(here, on: date | None = None) -> JoinRequest:
    request = JoinRequest(area=here, full_name="Lò Thị Mai", phone="0912345678")
    return request.file(on=on or timezone.localdate(), text_version="2026-11")


def test_anyone_asks_for_themselves_and_says_yes_to_the_text(client, here):
    page = client.get(reverse("registry:join"))
    assert "rút lại sự đồng ý bất cứ lúc nào" in page.content.decode()
    refused = client.post(reverse("registry:join"), {**JOIN, "agrees": ""})
    assert set(refused.context["form"].errors) == {"agrees"}
    assert not JoinRequest.objects.exists()
    assert client.post(reverse("registry:join"), {**JOIN, "kind": GroupKindFactory().pk}).status_code == 200
    request = JoinRequest.objects.get()
    assert (request.area, request.text_version) == (here, "2026-11")
    assert AuditEntry.objects.get(verb="asked_to_join").actor == "the public"


def test_the_commune_accepts_with_the_consent_they_gave(client, here):
    request, group = asked(here), WatchGroupFactory(area=here)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    assert (
        reverse("registry:join-request", kwargs={"pk": request.pk})
        in client.get(reverse("registry:decisions")).content.decode()
    )
    address = reverse("registry:join-request", kwargs={"pk": request.pk})
    assert "0912345678" in client.get(address).content.decode()
    assert AuditEntry.objects.filter(verb="viewed", subject_type="registry.joinrequest").exists()
    assert client.post(address, {}).status_code == 200
    assert client.post(address, {"group": group.pk, "reason": "không"}).status_code == 422
    assert client.post(address, {"group": group.pk}).status_code == 302
    member, consent = Member.objects.get(), Consent.objects.get()
    assert (member.full_name, member.phone, member.group) == ("Lò Thị Mai", "0912345678", group)
    assert (consent.how, consent.by) == ("online", None)
    assert client.get(address).status_code == 404


def test_a_refusal_says_why_and_by_which_rule(client, here):
    request = asked(here)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    address = reverse("registry:join-request", kwargs={"pk": request.pk})
    assert client.post(address, {"reason": "Ở nơi khác."}).status_code == 422
    assert client.post(address, {"reason": "Ở nơi khác.", "rule": "Điều 13 Luật 30/2023"}).status_code == 302
    assert not Member.objects.exists()
    with pytest.raises(AlreadyAnswered):
        JoinRequest.objects.get().accept(WatchGroupFactory(), by=user(), on=timezone.localdate())


def test_another_commune_does_not_see_who_asks(client, here):
    request = asked(here)
    client.force_login(user(Role.COMMUNE_OFFICER, area=commune("Mường Kia")))
    assert client.get(reverse("registry:join-request", kwargs={"pk": request.pk})).status_code == 404
    assert "Mường Đây" not in client.get(reverse("registry:decisions")).content.decode()


@pytest.mark.parametrize("is_declined", [True, False])
def test_after_ninety_days_nothing_is_left(here, is_declined):
    today = timezone.localdate()
    request, recent = asked(here, today - timedelta(days=91)), asked(here)
    if is_declined:
        request.decline(by=user(), on=today - timedelta(days=91), reason="Ở nơi khác.", rule="Điều 13")
    retention.erase_due(today=today)
    assert list(JoinRequest.objects.all()) == [recent]
