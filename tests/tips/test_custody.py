"""Who a reporter is: two custodians and a reason, read once, in the trail, and in no list, search or export."""

import base64
from typing import Any

import pytest
from django.test import Client

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.tips import custody, intake
from luytre.tips.framing import Framed, Malformed
from luytre.tips.framing import framed as blob
from luytre.tips.intake import Refused
from luytre.tips.models import Channel, IdentityReason, IdentityRequest, Tip, Verb
from luytre.tips.sealing import SealingFailed
from tests import factories
from tests.tips.conftest import House, framed

NAME = "Lò Thị Ẩn Danh"


@pytest.fixture
def custodians(house: House) -> list[User]:
    """The same people, who have the role as well as the keys."""
    from luytre.accounts.models import Assignment

    for user in house.people:
        Assignment.objects.create(user=user, role=Role.CUSTODIAN, area=house.desk.desk.area, valid_from="2025-01-01")
    return house.people


@pytest.fixture
def tip(house: House) -> Tip:
    made = house.tip("Có người dọa", name={"name": NAME, "contact": "0900 000 001"})
    return intake.accept(framed(made), channel=Channel.PLAIN).tip


def asked(house: House, tip: Tip, place: int = 0) -> IdentityRequest:
    return custody.ask(tip, by=house.desk.custodians[place].key, reason=IdentityReason.PROTECTION, document="12/YC")


def agreed(house: House, one: IdentityRequest, place: int = 1) -> None:
    """As the agreeing custodian's browser does it."""
    other = house.desk.custodians[place]
    left = house.sealer.ask("open", file=custody.sealed(one, other.key), identity=other.identity)
    custody.agree(one, Framed({}, [left]), by=other.key)
    one.refresh_from_db()


def test_two_custodians_and_a_reason_open_a_name_once(house: House, tip: Tip) -> None:
    one = asked(house, tip)
    with pytest.raises(Refused):
        custody.open_once(one, by=house.desk.custodians[0].key)  # nobody has agreed
    agreed(house, one)
    left = custody.open_once(one, by=house.desk.custodians[0].key)
    said = house.sealer.ask("open", file=left, identity=house.desk.custodians[0].identity)
    assert house.sealer.ask("unpad", bytes=said)["name"] == NAME
    one.refresh_from_db()
    assert (one.inner, bool(one.opened_at)) == (None, True)
    with pytest.raises(Refused):
        custody.open_once(one, by=house.desk.custodians[0].key)
    verbs = AuditEntry.objects.filter(subject_id=str(one.pk), subject_type="tips.identityrequest")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "identity asked for",
        "identity agreed to",
        "identity opened",
    ]
    assert tip.steps.filter(verb=Verb.NAMED, document="12/YC").count() == 1


def test_nobody_agrees_with_themselves_and_no_third_reads(house: House, tip: Tip) -> None:
    one = asked(house, tip)
    first, second, third = house.desk.custodians
    with pytest.raises(Refused, match="own"):
        custody.agree(one, Framed({}, [b"x"]), by=first.key)
    assert not custody.to_agree(first.key).exists()
    assert list(custody.to_agree(second.key)) == [one]
    agreed(house, one)
    with pytest.raises(Refused):
        custody.open_once(one, by=third.key)
    with pytest.raises(Refused):
        custody.open_once(one, by=second.key)
    assert not custody.to_agree(third.key).exists()


def test_what_is_left_is_still_sealed_to_who_asked(house: House, tip: Tip) -> None:
    one = asked(house, tip)
    other = house.desk.custodians[1]
    with pytest.raises(Malformed):
        custody.agree(one, Framed({}, [b"a name in clear"]), by=other.key)
    agreed(house, one)
    with pytest.raises(SealingFailed):
        house.sealer.ask("open", file=bytes(one.inner), identity=other.identity)


def test_a_refused_or_second_request_opens_nothing(house: House, tip: Tip) -> None:
    one = asked(house, tip)
    with pytest.raises(Refused, match="asked"):
        asked(house, tip, 2)
    custody.refuse(one, by=house.desk.custodians[1].key)
    with pytest.raises(Refused):
        agreed(house, one)
    assert asked(house, tip, 2)


def test_an_order_has_a_number(house: House, tip: Tip) -> None:
    with pytest.raises(Refused, match="document"):
        custody.ask(tip, by=house.desk.custodians[0].key, reason=IdentityReason.ORDER)
    with pytest.raises(Malformed):
        custody.ask(tip, by=house.desk.custodians[0].key, reason="curious")


def test_a_tip_without_a_name_or_of_another_desk_is_not_found(house: House, tip: Tip) -> None:
    key = house.desk.custodians[0].key
    nameless = intake.accept(framed(house.tip("Không tên")), channel=Channel.PLAIN).tip
    assert custody.find(str(tip.pk), key) == custody.find(str(tip)[:8].upper(), key) == tip
    for number in (str(nameless.pk), str(tip)[:4], "không phải số"):
        assert custody.find(number, key) is None


def test_the_pages_lead_through_it(house: House, tip: Tip, custodians: list[User], client: Client) -> None:
    address = f"/tips/work/{house.desk.desk.pk}/identities/"
    client.force_login(custodians[0])
    assert client.get("/tips/work/identities/").url == address
    assert client.post(address, {"number": "12345678", "reason": "notice"}).status_code == 422
    assert client.post(address, {"number": str(tip)[:8], "reason": "order"}).status_code == 422
    assert client.post(address, {"number": str(tip)[:8], "reason": "notice", "document": "3"}).status_code == 302
    one = IdentityRequest.objects.get()
    assert client.get(f"/tips/work/identities/{one.pk}/sealed/").status_code == 409  # not sealed to oneself twice
    client.force_login(custodians[1])
    assert str(tip) in client.get(address).content.decode()
    file = client.get(f"/tips/work/identities/{one.pk}/sealed/").content
    left = house.sealer.ask("open", file=file, identity=house.desk.custodians[1].identity)
    agree = f"/tips/work/identities/{one.pk}/agreement/"
    assert client.post(agree, blob({}, [left]), content_type="application/octet-stream").status_code == 201
    assert client.post(f"/tips/work/identities/{one.pk}/opening/").status_code == 409
    client.force_login(custodians[0])
    answer = client.post(f"/tips/work/identities/{one.pk}/opening/").json()
    said = house.sealer.ask("open", file=base64.b64decode(answer["sealed"]), identity=house.desk.custodians[0].identity)
    assert house.sealer.ask("unpad", bytes=said)["name"] == NAME
    client.force_login(factories.user(Role.DUTY_OFFICER, area=house.desk.desk.area))
    assert client.get(address).status_code == 403


def test_no_page_list_or_export_has_a_name(house: House, tip: Tip, custodians: list[User], client: Client) -> None:
    one = asked(house, tip)
    agreed(house, one)
    custody.open_once(one, by=house.desk.custodians[0].key)
    auditor = factories.auditor()
    pages: list[Any] = []
    for person, paths in (
        (auditor, ("oversight/identities/", "oversight/identities/?format=csv", "oversight/")),
        (custodians[0], (f"{house.desk.desk.pk}/identities/", f"{house.desk.desk.pk}/", f"tip/{tip.pk}/")),
    ):
        client.force_login(person)
        pages += [client.get(f"/tips/work/{path}") for path in paths]
    for page in pages:
        assert page.status_code == 200
        assert NAME not in page.content.decode()
        assert "0900 000 001" not in page.content.decode()
