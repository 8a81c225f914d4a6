"""What somebody may try who has the server, the database or the way between; the browser's code refuses it."""

import itertools
import json
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from luytre.tips.founding import MONTH
from luytre.tips.models import LockedSecret, SignedList, SignedListKind, Tip
from luytre.tips.sealing import Sealer, SealingFailed, sealer
from tests import factories
from tests.tips.conftest import WORDS, House
from tests.tips.test_intake import post, send, with_puzzle

SENTENCE = "Chiếc xe tải trắng đổ chất thải ở suối lúc nửa đêm"


@pytest.fixture
def browser() -> Iterator[Sealer]:
    """A reporter's browser that has seen nothing yet."""
    with sealer() as one:
        yield one


def checked(browser: Sealer, house: House, chain: Any = None, **more: Any) -> Any:
    return browser.ask(
        "chain",
        chain=chain or house.chain(),
        root=house.root,
        desk=str(house.desk.desk.pk),
        now=house.founding.now,
        **more,
    )


def refused(browser: Sealer, house: House, chain: Any = None, **more: Any) -> str:
    with pytest.raises(SealingFailed) as said:
        checked(browser, house, chain, **more)
    return said.value.name


def signed_again(house: House, kind: str, statement: dict[str, Any], secret: str, **changes: Any) -> dict[str, Any]:
    """The statement with something else in it, signed with a key that the attacker has."""
    said = {**json.loads(statement["text"]), **changes}
    return dict(house.sealer.ask("sign", kind=kind, said=said, secret=secret))


def remove_one(house: House) -> None:
    """The second officer leaves: a new epoch, a new list."""
    desk = house.desk
    desk.officers = desk.officers[:1]
    desk.epoch_identity = house.founding.new_epoch(desk.desk, 2, desk.officers)
    house.founding.publish(desk)


# Officers


def test_an_officer_who_left_cannot_open_what_comes_after(house: House, client: Client) -> None:
    stays, leaves = house.desk.officers
    remove_one(house)
    assert not LockedSecret.objects.filter(epoch__number=2, person=leaves.key).exists()
    for one in LockedSecret.objects.filter(epoch__number=2):
        with pytest.raises(SealingFailed):
            house.sealer.ask("open", file=bytes(one.sealed), identity=leaves.identity)
    made = house.tip(SENTENCE)
    old = LockedSecret.objects.get(epoch__number=1, person=leaves.key)
    epoch = house.sealer.ask("openEpoch", file=bytes(old.sealed), identity=leaves.identity)
    for identity in (leaves.identity, epoch):
        for piece in made["pieces"]:
            with pytest.raises(SealingFailed):
                house.sealer.ask("open", file=piece, identity=identity)
    new = LockedSecret.objects.get(epoch__number=2, person=stays.key)
    epoch = house.sealer.ask("openEpoch", file=bytes(new.sealed), identity=stays.identity)
    assert house.sealer.ask("unpad", bytes=house.sealer.ask("open", file=made["pieces"][0], identity=epoch))


def test_the_old_list_is_refused_by_a_browser_that_saw_the_new_one(house: House, browser: Sealer) -> None:
    before = house.chain()
    remove_one(house)
    assert checked(browser, house)["version"] == 2
    assert refused(browser, house, before) == "Older"


def test_the_old_list_is_refused_when_the_conversation_names_a_newer_one(house: House, browser: Sealer) -> None:
    assert refused(browser, house, atLeast=2) == "Older"


def test_the_old_list_is_refused_when_the_province_says_the_least(house: House, browser: Sealer) -> None:
    """Also by a browser that has seen nothing."""
    before, founding = house.chain(), house.founding
    remove_one(house)
    founding.desks[0]["least"] = 2
    said = {"province": "11", "desks": founding.desks}
    founding.sign(SignedListKind.DESKS, "11", said, founding.province["secret"])
    assert refused(browser, house, {**before, "desks": house.chain()["desks"]}) == "Older"
    assert checked(browser, house)["version"] == 2


def test_a_list_that_ran_out_is_refused(house: House, browser: Sealer) -> None:
    now, day = house.founding.now, 24 * 3600
    desk = str(house.desk.desk.pk)
    for later in (14 * day + 1, MONTH + 1):
        with pytest.raises(SealingFailed) as said:
            browser.ask("chain", chain=house.chain(), root=house.root, desk=desk, now=now + later)
        assert said.value.name == "Expired"


def test_a_list_may_not_hold_longer_than_a_month(house: House, browser: Sealer) -> None:
    long = signed_again(
        house, "desk", house.chain()["desk"], house.desk.certifier, expires=house.founding.now + 2 * MONTH
    )
    assert refused(browser, house, {**house.chain(), "desk": long}) == "Expired"


# Keys that the server slips in


def test_an_officer_whom_the_server_planted_is_refused(house: House, browser: Sealer) -> None:
    planted = house.sealer.ask("officer")["public"]
    chain = house.chain()
    list_ = json.loads(chain["desk"]["text"])
    officers = [*list_["officers"], {"id": "planted", **planted}]
    changed = {**chain["desk"], "text": json.dumps({**list_, "officers": officers})}
    own = signed_again(house, "desk", chain["desk"], house.sealer.ask("signer")["secret"], officers=officers)
    borrowed = {**own, "key": chain["desk"]["key"]}
    for forged in (changed, own, borrowed):
        assert refused(browser, house, {**chain, "desk": forged}) == "Forged"


def test_a_desk_key_or_province_that_was_forged_is_refused(house: House, browser: Sealer) -> None:
    chain, own = house.chain(), house.sealer.ask("signer")
    desks = json.loads(chain["desks"]["text"])["desks"]
    planted = [{**desks[0], "key": own["key"]}]
    list_ = signed_again(house, "desk", chain["desk"], own["secret"])
    forged = signed_again(house, "desks", chain["desks"], own["secret"], desks=planted)
    assert refused(browser, house, {**chain, "desk": list_}) == "Forged"
    assert refused(browser, house, {**chain, "desks": forged, "desk": list_}) == "Forged"
    said = [{"id": "11", "key": own["key"], "recovery": []}]
    province = signed_again(house, "provinces", chain["provinces"], own["secret"], provinces=said)
    assert refused(browser, house, {"provinces": province, "desks": forged, "desk": list_}) == "Forged"


def test_a_province_cannot_certify_desks_of_another(house: House, browser: Sealer) -> None:
    desks = signed_again(house, "desks", house.chain()["desks"], house.founding.province["secret"], province="12")
    assert refused(browser, house, {**house.chain(), "desks": desks}) == "Forged"


def test_a_signature_over_one_kind_is_none_over_another(house: House, browser: Sealer) -> None:
    list_ = house.chain()["desk"]
    other = house.sealer.ask("sign", kind="desks", said=json.loads(list_["text"]), secret=house.desk.certifier)
    assert refused(browser, house, {**house.chain(), "desk": other}) == "Forged"


def test_another_desks_list_is_refused(house: House, browser: Sealer) -> None:
    other = house.founding.open_desk(
        factories.commune(),
        province="11",
        officers=house.people[2:],
        custodians=house.people[:1],
        words=WORDS,
        name="Khác",
    )
    chain = house.chain()
    own = SignedList.objects.get(kind=SignedListKind.DESK, of=str(other.desk.pk)).statement
    assert refused(browser, house, {**chain, "desk": own}) == "Forged"
    assert refused(browser, house, {**chain, "desks": chain["desks"]}, atLeast=99) == "Older"


# The conversation


class Talk:
    """Three parts of the reporter, as the desk's browser opens them."""

    def __init__(self, house: House) -> None:
        self.house, self.tip = house, house.tip(SENTENCE)
        self.parts = [self.read(self.tip["pieces"][2])]
        for text in (b"hai", b"ba"):
            self.parts.append(self.read(self.sealed(text)))

    def sealed(self, body: bytes, *, by: str = "", direction: str = "reporter", before: Any = None) -> bytes:
        last = self.parts[-1]
        about = {
            "tip": self.tip["id"],
            "direction": direction,
            "kind": "message",
            "before": before or {"number": last["head"]["number"], "digest": last["digest"]},
            "seen": {"number": 0, "digest": ""},
        }
        signer = by or self.tip["signer"]
        made = self.house.sealer.ask("part", about=about, body=body, recipient=self.tip["recipient"], signer=signer)
        return bytes(made["sealed"])

    def read(self, sealed: bytes) -> dict[str, Any]:
        return dict(self.house.sealer.ask("read", sealed=sealed, identity=self.tip["identity"]))

    def refused(self, parts: list[dict[str, Any]], **more: Any) -> str:
        with pytest.raises(SealingFailed) as said:
            self.order(parts, **more)
        return said.value.name

    def order(self, parts: list[dict[str, Any]], *, direction: str = "reporter", **more: Any) -> Any:
        speakers = more.pop("speakers", None) or [self.house.sealer.ask("key", secret=self.tip["signer"])["key"]]
        tip = more.pop("tip", self.tip["id"])
        return self.house.sealer.ask("order", parts=parts, tip=tip, direction=direction, speakers=speakers, **more)


@pytest.fixture
def talk(house: House) -> Talk:
    return Talk(house)


def test_parts_in_their_order_are_taken(talk: Talk) -> None:
    assert talk.order(talk.parts)["number"] == 3


def test_replay_reorder_cut_and_swap_are_refused(house: House, talk: Talk) -> None:
    one, two, three = talk.parts
    other = Talk(house).parts
    assert talk.refused([one, two, two, three]) == "Broken"
    assert talk.refused([one, three, two]) == "Broken"
    assert talk.refused([one, three]) == "Broken"
    assert talk.refused([two, three]) == "Broken"
    assert talk.refused([one, other[1], three]) == "Forged"
    assert talk.refused(other) == "Forged"


def test_a_part_of_the_other_direction_is_refused(talk: Talk) -> None:
    turned = talk.read(talk.sealed(b"bon", direction="desk"))
    assert talk.refused([*talk.parts, turned]) == "Forged"


def test_another_part_with_the_same_number_is_seen_by_what_follows(talk: Talk) -> None:
    one, _two, three = talk.parts
    instead = talk.read(talk.sealed(b"khac", before={"number": 1, "digest": one["digest"]}))
    assert talk.refused([one, instead, three]) == "Broken"


def test_a_message_that_the_server_wrote_for_the_desk_is_refused(house: House, talk: Talk) -> None:
    """Even if it had the key that the conversation is sealed to."""
    server = house.sealer.ask("signer")["secret"]
    start = {"number": 0, "digest": ""}
    forged = talk.read(talk.sealed("Tên bạn là gì?".encode(), by=server, direction="desk", before=start))
    officers = [one["key"] for one in checked(house.sealer, house)["officers"]]
    assert talk.refused([forged], direction="desk", speakers=officers) == "Forged"
    spoken = talk.sealed(b"Da nhan", by=house.desk.officers[0].signer, direction="desk", before=start)
    assert talk.order([talk.read(spoken)], direction="desk", speakers=officers)["number"] == 1


def test_a_part_says_whose_it_is_and_is_signed_by_them(house: House, talk: Talk) -> None:
    """One who only holds the key to open cannot put words into the other's mouth."""
    assert talk.refused(talk.parts, speakers=[house.sealer.ask("signer")["key"]]) == "Forged"


# The server and the database


def test_a_stolen_database_opens_nothing(house: House, client: Client) -> None:
    made = house.tip(SENTENCE, name={"name": "Lò Thị Ẩn"})
    assert send(house, client, made).status_code == 201
    held = list(everything_held())
    secrets = [made["identity"], made["signer"], house.desk.certifier, house.desk.epoch_identity]
    secrets += [secret for one in house.desk.officers for secret in (one.identity, one.signer)]
    secrets += [
        house.founding.root["secret"],
        house.founding.province["secret"],
        *(" ".join(pair) for pair in itertools.pairwise(made["words"])),  # one word alone is a word of the language
        SENTENCE,
        "Lò Thị Ẩn",
    ]
    secrets += [one["secret"] for one in house.founding.holders]
    for secret in secrets:
        assert not any(secret.encode() in one for one in held), secret
    stranger = house.sealer.ask("identity")["secret"]
    files = [one for one in held if one.startswith(b"age-encryption.org/v1\n")]
    assert len(files) > 10
    for file in files:
        with pytest.raises(SealingFailed):
            house.sealer.ask("open", file=file, identity=stranger)


def everything_held() -> Iterator[bytes]:
    """Every value of every table."""
    for model in apps.get_models():
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                binary = isinstance(field, models.BinaryField)
                yield bytes(value or b"") if binary else str(value).encode()


def test_identity_takes_both_custodians(house: House) -> None:
    made = house.tip(SENTENCE, name={"name": "Lò Thị Ẩn"})
    pairs = dict(zip(map(tuple, made["head"]["named"]), made["pieces"][3:], strict=True))
    assert len(pairs) == 6
    people = {str(one.key.pk): one.identity for one in house.desk.custodians}
    for (inner, outer), sealed in pairs.items():
        for person, identity in people.items():
            if person != outer:
                with pytest.raises(SealingFailed):
                    house.sealer.ask("open", file=sealed, identity=identity)
        left = house.sealer.ask("open", file=sealed, identity=people[outer])
        with pytest.raises(SealingFailed):
            house.sealer.ask("open", file=left, identity=people[outer])
        assert house.sealer.ask("unpad", bytes=house.sealer.ask("open", file=left, identity=people[inner]))


def test_a_tip_passed_on_is_read_by_the_next_desk_and_by_no_third(house: House) -> None:
    def desk(name: str) -> Any:
        return house.founding.open_desk(
            factories.commune(),
            province="11",
            officers=house.people[:1],
            custodians=house.people,
            words=WORDS,
            name=name,
        )

    made, next_, third = house.tip(SENTENCE), desk("Tiếp"), desk("Ba")
    keys = house.sealer.ask("open", file=made["pieces"][0], identity=house.desk.epoch_identity)
    again = house.sealer.ask("seal", bytes=keys, recipients=[next_.desk.epoch.recipient])
    assert house.sealer.ask("open", file=again, identity=next_.epoch_identity) == keys
    for identity in (third.epoch_identity, house.desk.epoch_identity):
        with pytest.raises(SealingFailed):
            house.sealer.ask("open", file=again, identity=identity)


def test_unknown_and_wrong_codes_get_the_same_answer_in_the_same_time(house: House, client: Client) -> None:
    made = house.tip()
    assert send(house, client, made).status_code == 201
    right = made["lookup"]
    near = right[:-1] + ("0" if right[-1] != "0" else "1")
    kinds = {"near": near, "far": "0" * 64}
    took: dict[str, list[float]] = {name: [] for name in kinds}
    answers = set()
    for _round in range(150):
        for name, lookup in kinds.items():
            begun = time.perf_counter()
            answer = client.post("/tips/sealed/conversation/", {"lookup": lookup}, content_type="application/json")
            took[name].append(time.perf_counter() - begun)
            answers.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))
    assert len(answers) == 1
    near_, far = (statistics.median(times) for times in took.values())
    assert abs(near_ - far) < 0.25 * max(near_, far)


def test_when_clocks_jump_nothing_is_stored_twice_and_old_puzzles_count_no_more(house: House, client: Client) -> None:
    made, later = house.tip(), house.tip()
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        head, head_of_later = (with_puzzle(house, client, one) for one in (made, later))
        assert post(client, "sealed/", head, made["pieces"]).status_code == 201
        for hours in (5, -5, 24 * 400, -24 * 400):
            clock.move_to(now + timedelta(hours=hours))
            assert post(client, "sealed/", head, made["pieces"]).status_code == 200
            answer = post(client, "sealed/", head_of_later, later["pieces"])
            assert (answer.status_code, answer.json()["why"]) == (403, "puzzle")
    assert Tip.objects.count() == 1
