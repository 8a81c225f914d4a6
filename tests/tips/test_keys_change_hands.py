"""Officers come and leave: the next list says so, old answers stay valid, and who left says no new ones."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.tips import handing, holders, intake, joining, keychain, lists, plain_sealing, successors, vouching, work
from luytre.tips.founding import Secrets, described, spelled
from luytre.tips.framing import Framed, Malformed, unframed
from luytre.tips.framing import framed as blob
from luytre.tips.intake import Refused
from luytre.tips.models import (
    Channel,
    Desk,
    Direction,
    KeyRole,
    LockedSecret,
    PersonKey,
    SignedListKind,
    Tip,
    Verb,
    Wrapping,
)
from luytre.tips.sealing import SealingFailed
from tests import factories
from tests.tips.conftest import WORDS, House, framed

SEALED = "application/octet-stream"
START = plain_sealing.START


@dataclass
class Holder:
    """As a holder's browser signs: the list after the last one, with the desk's certifying key."""

    house: House
    user: User

    @property
    def desk(self) -> Desk:
        return self.house.desk.desk

    def last(self) -> dict[str, Any]:
        list_ = keychain.newest(SignedListKind.DESK, str(self.desk.pk))
        assert list_
        return dict(json.loads(list_.text))

    def next(self, **change: Any) -> dict[str, Any]:
        change = {"said": vouching.root(self.desk), **change}
        now = int(timezone.now().timestamp())
        return dict(self.house.sealer.ask("next", last=self.last(), change=change, now=now))

    def publish(self, said: dict[str, Any], epoch: Any = None, *, secret: str = "") -> Any:
        signed = self.house.sealer.ask("sign", kind="desk", said=said, secret=secret or self.house.desk.certifier)
        return joining.publish(self.desk, signed, epoch, by=self.user)

    def certify(self, key: PersonKey) -> Any:
        name = joining.NAMED[KeyRole(key.role)]
        return self.publish(self.next(add={name: [described(key)]}))

    def epoch(self, without: str = "") -> tuple[dict[str, Any], joining.NewEpoch, str]:
        officers = [one for one in self.last()["officers"] if one["id"] != without]
        number = self.desk.epochs.order_by("-number")[0].number + 1
        recovery = self.house.founding.recovery
        made = self.house.sealer.ask("epoch", number=number, officers=officers, recovery=recovery)
        wrappings = {one["officer"]: one["file"] for one in made["wrappings"]}
        pairs = [(one["inner"], one["outer"], one["file"]) for one in made["pairs"]]
        recipient = made["public"]["recipient"]
        return made["public"], joining.NewEpoch(number, recipient, wrappings, pairs), made["identity"]

    def remove(self, key: PersonKey) -> str:
        public, epoch, identity = self.epoch(str(key.pk))
        self.publish(self.next(remove=[str(key.pk)], epoch=public), epoch)
        return identity


@pytest.fixture
def holder(house: House) -> Holder:
    return Holder(house, house.people[0])


def asks(house: House, role: str = KeyRole.OFFICER, user: User | None = None) -> Secrets:
    """A new officer, as their browser makes the key and asks to join."""
    made = house.sealer.ask("officer")
    locked = house.sealer.ask("lock", bytes=spelled(made["secret"]), words=WORDS, work=10)
    user = user or factories.user(Role.DUTY_OFFICER, area=house.desk.desk.area)
    key = joining.ask(house.desk.desk, by=user, role=role, **made["public"], locked=locked)
    return Secrets(key, **made["secret"])


def told(house: House, text: str = "Đèn hỏng") -> Tip:
    return intake.accept(framed(house.tip(text)), channel=Channel.PLAIN).tip


def keys_of(house: House, tip: Tip, epoch: str = "") -> dict[str, Any]:
    wrapping = tip.wrappings.exclude(epoch=None).get()
    opened = house.sealer.ask("open", file=bytes(wrapping.sealed), identity=epoch or house.desk.epoch_identity)
    return {"bytes": opened, **house.sealer.ask("unpad", bytes=opened)}


def write(house: House, tip: Tip, identity: str, text: str, signer: str) -> None:
    """As an officer's browser answers."""
    ours = tip.parts.filter(direction=Direction.DESK).order_by("-number").first()
    seen = tip.parts.get(direction=Direction.REPORTER, number=1)
    about = {
        **{"tip": str(tip.pk), "direction": "desk", "kind": "message"},
        "before": {"number": ours.number, "digest": ours.digest} if ours else START,
        "seen": {"number": 1, "digest": seen.digest},
    }
    recipient = house.sealer.ask("recipient", identity=identity)
    body = json.dumps({"text": text}).encode()
    made = house.sealer.ask("part", about=about, body=body, recipient=recipient, signer=signer)
    intake.add_part(tip, Direction.DESK, Framed({"number": made["number"], "rung": made["rung"]}, [made["sealed"]]))


def read_by_reporter(house: House, tip: Tip, identity: str) -> str:
    """What a reader finds wrong with the desk's messages: "" when nothing is."""
    speaking = keychain.speaking(tip)
    lists = [
        house.sealer.ask("chain", chain=chain, root=house.root, desk=desk) for desk, chain in speaking["chains"].items()
    ]
    parts = [
        house.sealer.ask("read", sealed=bytes(one.sealed), identity=identity)
        for one in tip.parts.filter(direction=Direction.DESK)
    ]
    about = {"tip": str(tip.pk), "direction": "desk", "lists": lists, "ways": speaking["ways"], "onlyLast": True}
    try:
        house.sealer.ask("order", parts=parts, **about)
    except SealingFailed as failed:
        return failed.name
    return ""


# Joining


def test_a_new_officer_asks_is_certified_and_reads_what_others_hand_on(house: House, holder: Holder) -> None:
    tip, new = told(house), asks(house)
    desk = house.desk.desk
    assert not work.officer_keys(new.key.user).exists()
    holder.certify(new.key)
    assert described(new.key) in holder.last()["officers"]
    assert work.key_of(new.key.user, desk) == new.key
    assert list(handing.waits(desk)) == [new.key]
    stays = house.desk.officers[0]
    assert handing.missing(desk, stays.key) == [{"officer": str(new.key.pk), "epoch": 1}]
    sealed = house.sealer.ask("sealEpoch", number=1, identity=house.desk.epoch_identity, recipient=new.key.recipient)
    handing.hand_epoch(desk, Framed({"to": [[str(new.key.pk), 1]]}, [sealed]), by=stays.key)
    locked = LockedSecret.objects.get(person=new.key)
    epoch = house.sealer.ask("openEpoch", file=bytes(locked.sealed), identity=new.identity)
    assert keys_of(house, tip, epoch)["heading"]["text"] == "Đèn hỏng"
    assert not list(handing.waits(desk))
    verbs = AuditEntry.objects.filter(subject_id=str(new.key.pk)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["key made", "key certified", "desk key handed on"]


def test_a_browser_that_seals_takes_the_new_list(house: House, holder: Holder) -> None:
    holder.certify(asks(house).key)
    list_ = house.sealer.ask("chain", chain=house.chain(), root=house.root, desk=str(house.desk.desk.pk))
    assert (list_["version"], len(list_["officers"])) == (2, 3)
    assert house.tip("Sau danh sách mới")


def test_nobody_certifies_a_key_of_their_own(house: House, holder: Holder) -> None:
    other = Holder(house, house.people[1])
    old = holder.desk.keys.get(user=holder.user, role=KeyRole.CUSTODIAN)
    other.publish(other.next(remove=[str(old.pk)]))
    own = asks(house, KeyRole.CUSTODIAN, holder.user)
    with pytest.raises(Refused, match="own"):
        holder.certify(own.key)
    other.certify(own.key)
    own.key.refresh_from_db()
    assert own.key.certified_at


def test_a_second_key_for_the_same_role_is_refused_until_the_first_is_dropped(house: House) -> None:
    first = asks(house)
    with pytest.raises(Refused, match="has_key"):
        asks(house, user=first.key.user)
    joining.drop(first.key, by=first.key.user)
    assert asks(house, user=first.key.user).key.withdrawn_at is None


def test_only_a_holder_signs_and_only_with_the_certified_key(house: House, holder: Holder) -> None:
    new = asks(house)
    said = holder.next(add={"officers": [described(new.key)]})
    with pytest.raises(Refused, match="certifier"):
        holder.publish(said, secret=house.sealer.ask("signer")["secret"])
    with pytest.raises(Refused, match="holder"):
        Holder(house, house.people[2]).publish(said)
    signed = house.sealer.ask("sign", kind="desk", said=said, secret=house.desk.certifier)
    changed = {**signed, "text": signed["text"].replace('"version":2', '"version":3')}
    with pytest.raises(Malformed):
        joining.publish(holder.desk, changed, None, by=holder.user)


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"version": 1}, "moved"), ({"version": 4}, "moved"), ({"expires": 1}, "time"), ({"officers": []}, "nobody")],
)
def test_a_list_out_of_order_or_time_is_refused(
    house: House, holder: Holder, changes: dict[str, Any], why: str
) -> None:
    with pytest.raises((Refused, Malformed), match=f"{why}|former"):
        holder.publish({**holder.next(), **changes})


def test_a_key_that_is_not_as_it_was_made_is_refused(house: House, holder: Holder) -> None:
    new, other = asks(house), house.sealer.ask("officer")["public"]
    with pytest.raises(Refused, match="moved"):
        holder.publish(holder.next(add={"officers": [{**described(new.key), "recipient": other["recipient"]}]}))


def test_a_list_is_signed_again_for_two_weeks(house: House, holder: Holder) -> None:
    kept = holder.publish(holder.next())
    assert (kept.version, (kept.expires_at - kept.issued_at).days) == (2, 14)
    assert holder.last()["former"] == []


# Leaving


def test_who_leaves_is_out_at_once_and_opens_nothing_that_comes(house: House, holder: Holder, client: Client) -> None:
    leaves = house.desk.officers[1]
    client.force_login(leaves.key.user)
    address = f"/tips/work/{holder.desk.pk}/"
    assert client.get(address).status_code == 200
    identity = holder.remove(leaves.key)
    assert client.get(address).status_code == 302  # signed out
    assert not Session.objects.exists()
    client.force_login(leaves.key.user)
    assert client.get(address).status_code == 404
    assert not LockedSecret.objects.filter(person=leaves.key).exists()
    made = house.tip("Sau khi rời")
    assert made["head"]["epoch"] == 2
    with pytest.raises(SealingFailed):
        house.sealer.ask("open", file=made["pieces"][0], identity=house.desk.epoch_identity)
    assert house.sealer.ask("open", file=made["pieces"][0], identity=identity)


def test_an_officer_leaves_only_with_a_new_key_of_the_desk(house: House, holder: Holder) -> None:
    leaves = str(house.desk.officers[1].key.pk)
    with pytest.raises(Refused, match="epoch"):
        holder.publish(holder.next(remove=[leaves]))
    public, epoch, _identity = holder.epoch()  # sealed also to who leaves
    with pytest.raises(Malformed):
        holder.publish(holder.next(remove=[leaves], epoch=public), epoch)


def test_who_leaves_may_not_be_forgotten(house: House, holder: Holder) -> None:
    leaves = str(house.desk.officers[1].key.pk)
    public, epoch, _identity = holder.epoch(leaves)
    with pytest.raises(Malformed):
        holder.publish({**holder.next(remove=[leaves], epoch=public), "former": []}, epoch)


def test_an_answer_of_somebody_who_left_since_is_no_forgery(house: House, holder: Holder) -> None:
    tip, leaves = told(house), house.desk.officers[1]
    identity = keys_of(house, tip)["identity"]
    write(house, tip, identity, "Đã nhận, sẽ xem", leaves.signer)
    holder.remove(leaves.key)
    assert read_by_reporter(house, tip, identity) == ""
    write(house, tip, identity, "Người khác viết tiếp", house.desk.officers[0].signer)
    assert read_by_reporter(house, tip, identity) == ""


def test_who_left_says_nothing_new_whatever_hour_the_server_tells(house: House, holder: Holder) -> None:
    tip, leaves = told(house), house.desk.officers[1]
    identity = keys_of(house, tip)["identity"]
    write(house, tip, identity, "Khi còn ở đây", leaves.signer)
    holder.remove(leaves.key)
    write(house, tip, identity, "Bạn tên là gì?", leaves.signer)
    tip.parts.filter(direction=Direction.DESK).update(came_at="2026-01-01T00:00Z")
    assert read_by_reporter(house, tip, identity) == "Forged"


def test_a_way_for_another_message_proves_nothing(house: House, holder: Holder) -> None:
    tip, leaves = told(house), house.desk.officers[1]
    identity = keys_of(house, tip)["identity"]
    write(house, tip, identity, "Khi còn ở đây", leaves.signer)
    holder.remove(leaves.key)
    old = keychain.speaking(tip)["ways"]
    write(house, tip, identity, "Giả", leaves.signer)
    last = tip.parts.filter(direction=Direction.DESK).order_by("-number")[0]
    vouching_of = next(iter(old.values()))
    speaking = {**keychain.speaking(tip), "ways": {last.digest: vouching_of}}
    lists = [house.sealer.ask("chain", chain=house.chain(), root=house.root, desk=str(holder.desk.pk))]
    parts = [
        house.sealer.ask("read", sealed=bytes(one.sealed), identity=identity)
        for one in tip.parts.filter(direction=Direction.DESK)
    ]
    about = {"tip": str(tip.pk), "direction": "desk", "lists": lists, "ways": speaking["ways"], "onlyLast": True}
    with pytest.raises(SealingFailed, match="Forged"):
        house.sealer.ask("order", parts=parts, **about)


def test_a_message_that_came_while_the_list_was_signed_makes_it_wait(house: House, holder: Holder) -> None:
    tip, leaves = told(house), house.desk.officers[1]
    public, epoch, _identity = holder.epoch(str(leaves.key.pk))
    said = holder.next(remove=[str(leaves.key.pk)], epoch=public)
    write(house, tip, keys_of(house, tip)["identity"], "Vừa viết", leaves.signer)
    with pytest.raises(Refused, match="moved"):
        holder.publish(said, epoch)


def test_open_tips_are_wrapped_again_and_the_old_wrappings_go(house: House, holder: Holder) -> None:
    tip, desk = told(house), house.desk.desk
    keys = keys_of(house, tip)
    identity = holder.remove(house.desk.officers[1].key)
    stays = house.desk.officers[0]
    head, pieces = handing.stale_page(handing.stale(desk), stays.key)
    assert head["rows"] == [[str(tip.pk), 1]]
    again = house.sealer.ask("seal", bytes=keys["bytes"], recipients=[desk.epoch.recipient])
    with pytest.raises(Refused, match="moved"):
        handing.rewrap(desk, Framed({"tips": [str(tip.pk)], "epoch": 1}, [again]), by=stays.key.user)
    handing.rewrap(desk, Framed({"tips": [str(tip.pk)], "epoch": 2}, [again]), by=stays.key.user)
    assert keys_of(house, tip, identity)["identity"] == keys["identity"]
    assert not Wrapping.objects.filter(epoch__number=1).exists()
    assert handing.stale_page(handing.stale(desk), stays.key)[0]["rows"] == []
    assert AuditEntry.objects.filter(verb="tip wrapped again", subject_id=str(tip.pk)).exists()
    assert pieces


def test_the_desks_key_is_changed_without_anybody_leaving(house: House, holder: Holder) -> None:
    public, epoch, identity = holder.epoch()
    holder.publish(holder.next(epoch=public), epoch)
    assert house.desk.desk.epoch.number == 2
    assert LockedSecret.objects.filter(epoch__number=2, person=None).count() == 3
    assert house.sealer.ask("open", file=house.tip("Mới")["pieces"][0], identity=identity)


# Holders


def test_one_more_holder_gets_the_certifying_secret_and_one_is_let_go(house: House, holder: Holder) -> None:
    new = asks(house, KeyRole.HOLDER, house.people[2])
    sealed = house.sealer.ask("seal", bytes=spelled({"signer": house.desk.certifier}), recipients=[new.key.recipient])
    with pytest.raises(Refused, match="own"):
        holders.hold(asks_again(house, holder), sealed, by=holder.user)
    holders.hold(new.key, sealed, by=holder.user)
    Holder(house, house.people[2]).publish(holder.next())
    holders.dismiss(new.key, by=holder.user)
    with pytest.raises(Refused, match="holder"):
        Holder(house, house.people[2]).publish(holder.next())
    with pytest.raises(Refused, match="own"):
        holders.dismiss(holder.desk.keys.get(user=holder.user, role=KeyRole.HOLDER), by=holder.user)


def asks_again(house: House, holder: Holder) -> PersonKey:
    return holder.desk.keys.get(user=holder.user, role=KeyRole.HOLDER)


# A new certifying key


def founded(house: House, keys: list[Secrets]) -> str:
    """As the browser of the first of the holders makes it, and the province signs it."""
    signer = house.sealer.ask("signer")
    sealed = {
        str(one.key.pk): house.sealer.ask(
            "seal", bytes=spelled({"signer": signer["secret"]}), recipients=[one.key.recipient]
        )
        for one in keys
    }
    holders.found(house.desk.desk, signer["key"], sealed, by=keys[0].key.user)
    (asked,) = lists.asked_for()
    assert asked["key"] == signer["key"]
    house.founding.desks[0]["key"] = signer["key"]
    said = {"province": "11", "desks": house.founding.desks}
    house.founding.sign(SignedListKind.DESKS, "11", said, house.founding.province["secret"])
    return str(signer["secret"])


def test_when_all_holders_are_gone_two_others_make_a_new_certifying_key(house: House, holder: Holder) -> None:
    desk, tip = holder.desk, told(house)
    identity = keys_of(house, tip)["identity"]
    write(house, tip, identity, "Trả lời trước đây", house.desk.officers[0].signer)
    before = house.sealer.ask("chain", chain=house.chain(), root=house.root, desk=str(desk.pk))
    new = [asks(house, KeyRole.HOLDER, factories.user(Role.DUTY_OFFICER, area=desk.area)) for _each in range(2)]
    with pytest.raises(Refused, match="holder"):
        founded(house, new)  # a certified holder is still there
    desk.keys.filter(role=KeyRole.HOLDER, certified_at__isnull=False).update(withdrawn_at=timezone.now())
    with pytest.raises(Refused, match="two"):
        founded(house, new[:1])
    secret = founded(house, new)
    officer = asks(house)
    first = Holder(house, new[0].key.user)
    empty = {"version": 1, "desk": str(desk.pk), "epochs": [], "officers": [], "custodians": [], "former": []}
    sealed = house.sealer.ask("epoch", number=2, officers=[described(officer.key)], recovery=house.founding.recovery)
    epoch = joining.NewEpoch(
        2,
        sealed["public"]["recipient"],
        {one["officer"]: one["file"] for one in sealed["wrappings"]},
        [(one["inner"], one["outer"], one["file"]) for one in sealed["pairs"]],
    )
    change = {
        "add": {"officers": [described(officer.key)]},
        "epoch": sealed["public"],
        "joining": [before],
        "said": vouching.root(desk),
    }
    said = house.sealer.ask("next", last=empty, change=change, now=int(timezone.now().timestamp()))
    first.publish(said, epoch, secret=secret)
    assert read_by_reporter(house, tip, identity) == ""  # who was an officer before is one of the former
    old = house.desk.officers[0].key
    old.refresh_from_db()
    assert (old.certified_at, old.withdrawn_at) == (None, None)  # to be compared again
    assert old.locked_secrets.exists()


# Pages


def post(client: Client, path: str, head: dict[str, Any], pieces: list[bytes] | None = None) -> Any:
    return client.post(path, blob(head, pieces or []), content_type=SEALED)


def test_pages_of_keys_are_for_whom_they_are(house: House, client: Client) -> None:
    desk = house.desk.desk
    clerk = factories.user(Role.COMMUNE_OFFICER, area=desk.area)
    client.force_login(clerk)
    for path in ("keys/", f"{desk.pk}/people/", f"{desk.pk}/join/officer/"):
        assert client.get(f"/tips/work/{path}").status_code == 403
    new = factories.user(Role.DUTY_OFFICER, area=desk.area)
    client.force_login(new)
    page = client.get("/tips/work/keys/").content.decode()
    assert f"/tips/work/{desk.pk}/join/officer/" in page
    assert client.get(f"/tips/work/{desk.pk}/join/officer/").status_code == 200
    assert client.get(f"/tips/work/{desk.pk}/join/custodian/").status_code == 404  # no such role
    made = house.sealer.ask("officer")
    locked = house.sealer.ask("lock", bytes=spelled(made["secret"]), words=WORDS, work=10)
    ask = f"/tips/work/{desk.pk}/join/officer/made/"
    assert post(client, ask, {**made["public"], "locked": "open"}).status_code == 400
    assert post(client, ask, {**made["public"], "locked": locked}).status_code == 201
    assert post(client, ask, {**made["public"], "locked": locked}).status_code == 404  # has one now
    assert client.get(f"/tips/work/{desk.pk}/").status_code == 404  # not certified


def test_a_key_is_locked_with_a_passkey_by_its_owner_alone(house: House, client: Client) -> None:
    key = house.desk.officers[0].key
    locked = f"AGE-PLUGIN-FIDO2PRF-1XYZ\n{key.locked}"
    client.force_login(house.people[0])

    def lock(said: str) -> int:
        return int(post(client, f"/tips/work/keys/{key.pk}/passkey/", {"locked": said}).status_code)

    for wrong in (key.locked, "AGE-PLUGIN-FIDO2PRF-1XYZ\nclear", locked + "é", locked + "a" * 20_000):
        assert lock(wrong) == 400
    assert lock(locked) == 201
    at = f"/tips/work/{house.desk.desk.pk}"
    assert client.get(f"{at}/secrets/").json()["passkey"] == locked
    client.force_login(house.people[1])
    assert lock("") == 404
    client.force_login(house.people[0])
    assert lock("") == 201
    key.refresh_from_db()
    assert (key.locked_by_passkey, key.locked[:10]) == ("", "-----BEGIN")
    said = AuditEntry.objects.filter(subject_id=str(key.pk)).values_list("verb", flat=True)
    assert {"passkey put on", "passkey taken off"} <= set(said)


def test_a_holders_page_gives_the_secrets_and_takes_the_list(house: House, holder: Holder, client: Client) -> None:
    from luytre.accounts.models import Assignment

    desk, new = house.desk.desk, asks(house)
    Assignment.objects.create(user=holder.user, role=Role.KEY_HOLDER, area=desk.area, valid_from="2025-01-01")
    client.force_login(holder.user)
    page = client.get(f"/tips/work/{desk.pk}/people/")
    assert new.key.user.full_name in page.content.decode()
    answer = client.get(f"/tips/work/{desk.pk}/people/secrets/").json()
    own = json.loads(house.sealer.ask("unlock", file=answer["locked"], words=WORDS))
    opened = house.sealer.ask("open", file=bytes.fromhex(answer["certifier"]), identity=own["identity"])
    assert json.loads(opened)["signer"] == house.desk.certifier
    draft = client.get(f"/tips/work/{desk.pk}/people/draft/").json()
    assert draft["keys"][str(new.key.pk)]["certified"] is False
    said = holder.next(add={"officers": [described(new.key)]})
    signed = json.dumps(house.sealer.ask("sign", kind="desk", said=said, secret=own_signer(house))).encode()
    assert post(client, f"/tips/work/{desk.pk}/people/list/", {"epoch": None}, [signed]).status_code == 201
    assert post(client, f"/tips/work/{desk.pk}/people/list/", {"epoch": None}, [signed]).json() == {"why": "moved"}
    waits = asks(house)
    client.post(f"/tips/work/{desk.pk}/people/{waits.key.pk}/no/")
    waits.key.refresh_from_db()
    assert waits.key.withdrawn_at


def own_signer(house: House) -> str:
    return house.desk.certifier


# Mergers


def test_tips_of_a_merged_desk_go_to_the_one_that_follows_with_their_clocks(house: House, client: Client) -> None:
    tip, old = told(house), house.desk.desk
    identity = keys_of(house, tip)["identity"]
    write(house, tip, identity, "Nơi cũ đã nhận", house.desk.officers[0].signer)
    due_at = tip.clocks.running().get().due_at
    heir = house.founding.open_desk(
        factories.commune(), province="11", officers=house.people[2:], custodians=house.people, words=WORDS, name="Mới"
    )
    Desk.objects.filter(pk=old.pk).update(closed_at=timezone.now(), successor=heir.desk)
    client.force_login(house.people[0])
    home = client.get("/tips/work/").content.decode()
    assert f"/tips/work/{old.pk}/carry/" in home
    assert client.get(f"/tips/work/{old.pk}/carry/").status_code == 200
    answer = unframed(client.get(f"/tips/work/{old.pk}/carry/tips/").content)
    assert answer.head["rows"] == [[str(tip.pk), 1]]
    keys = house.sealer.ask("open", file=answer.pieces[0], identity=house.desk.epoch_identity)
    again = house.sealer.ask("seal", bytes=keys, recipients=[heir.desk.epoch.recipient])
    path = f"/tips/work/{old.pk}/carry/tips/"
    assert post(client, path, {"tips": [str(tip.pk)], "epoch": 7}, [again]).status_code == 409
    assert post(client, path, {"tips": [str(tip.pk)], "epoch": 1}, [again]).status_code == 201
    tip.refresh_from_db()
    assert tip.desk == heir.desk
    clock = tip.clocks.running().get()
    assert (clock.due_at, clock.desk) == (due_at, heir.desk)
    assert tip.steps.order_by("-pk")[0].verb == Verb.FOLLOWED
    assert keys_of(house, tip, heir.epoch_identity)["identity"] == identity
    assert not tip.wrappings.filter(epoch__desk=old).exists()
    assert not successors.left_behind(old).exists()
    # The new desk's next list keeps the old one's officers, so that their answers outlive the old list.
    follows = house.sealer.ask("chain", chain=keychain.of(old.pk), root=house.root, desk=str(old.pk))
    new = Holder(House(house.sealer, house.founding, heir, house.people), house.people[2])
    new.publish(new.next(joining=[follows]))
    speaking = keychain.speaking(tip)
    only = {"chains": {str(heir.desk.pk): speaking["chains"][str(heir.desk.pk)]}, "ways": speaking["ways"]}
    list_ = house.sealer.ask("chain", chain=only["chains"][str(heir.desk.pk)], root=house.root, desk=str(heir.desk.pk))
    parts = [
        house.sealer.ask("read", sealed=bytes(one.sealed), identity=identity)
        for one in tip.parts.filter(direction=Direction.DESK)
    ]
    about = {"tip": str(tip.pk), "direction": "desk", "lists": [list_], "ways": only["ways"], "onlyLast": True}
    house.sealer.ask("order", parts=parts, **about)


def test_nobody_of_another_desk_carries_tips(house: House, client: Client) -> None:
    stranger = factories.user(Role.DUTY_OFFICER, area=house.desk.desk.area)
    tip = told(house)
    client.force_login(stranger)
    assert client.get(f"/tips/work/{tip.desk_id}/carry/").status_code == 404
