"""What the first start makes: two desks with real keys and tips that their officers can open."""

import json
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from luytre.accounts import sample as accounts
from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.common.text import fold
from luytre.tips import keychain, sample
from luytre.tips.models import Desk, DeskKind, LockedSecret, PersonKey, Tip
from luytre.tips.sealing import Sealer
from tests import factories

SINCE = date(2025, 7, 1)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    commune = factories.commune(is_sample=True)
    province = commune.parent
    administrator = factories.user(Role.ADMINISTRATOR, area=province)
    return sample.load(commune=commune, province=province, by=administrator, since=SINCE, now=timezone.now())


def test_each_sample_officer_opens_the_tips_of_the_desk_with_the_printed_words(
    people: dict[str, User], sealing: Sealer
) -> None:
    desk = Desk.objects.get(kind=DeskKind.COMMUNE)
    for name in ("trucban", "trucban2"):
        key = PersonKey.objects.get(user=people[name], desk=desk, role="officer")
        own = json.loads(sealing.ask("unlock", file=key.locked, words=fold(accounts.TIP_WORDS)))
        locked = LockedSecret.objects.get(person=key, of=LockedSecret.Of.EPOCH)
        epoch = sealing.ask("openEpoch", file=bytes(locked.sealed), identity=own["identity"])
        wrapping = Tip.objects.get(is_named=True).wrappings.exclude(epoch=None).get()
        keys = sealing.ask("unpad", bytes=sealing.ask("open", file=bytes(wrapping.sealed), identity=epoch))
        assert "12 triệu" in keys["heading"]["text"]


def test_the_sample_code_finds_a_tip_with_an_answer(people: dict[str, User], client: Client, sealing: Sealer) -> None:
    code = sealing.ask("code", typed=fold(accounts.TIP_CODE), root=keychain.root())
    answer = client.post("/tips/sealed/conversation/", {"lookup": code["lookup"]}, content_type="application/json")
    assert answer.status_code == 200
    assert Tip.objects.get(is_named=True).parts.count() == 3


def test_without_a_sample_there_is_no_root(db: None) -> None:
    assert keychain.root() == ""
