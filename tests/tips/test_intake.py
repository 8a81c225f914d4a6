"""From the reporter's seal to the desk's reading, through the server that can read nothing."""

import json
from typing import Any

import pytest
from django.test import Client

from luytre.accounts import sample as accounts
from luytre.common.text import fold
from luytre.tips import clock, intake
from luytre.tips.framing import framed as spelled
from luytre.tips.framing import unframed
from luytre.tips.models import Tip
from luytre.tips.sealing import SealingFailed
from tests.tips.conftest import House

SEALED = "application/octet-stream"


def post(client: Client, path: str, head: dict[str, Any], pieces: list[bytes], **more: Any) -> Any:
    return client.post(f"/tips/{path}", spelled(head, pieces), content_type=SEALED, **more)


def with_puzzle(house: House, client: Client, made: dict[str, Any]) -> dict[str, Any]:
    asked = client.get(f"/tips/keys/{house.desk.desk.pk}/").json()
    nonce = 0
    from luytre.tips.puzzle import is_solved

    while not is_solved({"challenge": asked["challenge"], "nonce": nonce}, tip=made["id"]):
        nonce += 1
    return {**made["head"], "challenge": {"challenge": asked["challenge"], "nonce": nonce}}


def send(house: House, client: Client, made: dict[str, Any]) -> Any:
    return post(client, "sealed/", with_puzzle(house, client, made), made["pieces"])


def opened(house: House, sealed: bytes) -> dict[str, Any]:
    """What the desk's officer finds in the wrapping."""
    return house.sealer.ask("unpad", bytes=house.sealer.ask("open", file=sealed, identity=house.desk.epoch_identity))


def test_a_tip_is_stored_once_and_read_by_the_desk(house: House, client: Client) -> None:
    made = house.tip("Xe tải đổ rác ở suối", matter="environment")
    answer = send(house, client, made)
    assert (answer.status_code, answer.json()["receipt"]) == (201, made["receipt"])
    assert send(house, client, made).status_code == 200
    tip = Tip.objects.get()
    keys = opened(house, bytes(tip.wrappings.exclude(epoch=None).get().sealed))
    assert keys["heading"]["text"] == "Xe tải đổ rác ở suối"
    part = house.sealer.ask("read", sealed=bytes(tip.parts.get().sealed), identity=keys["identity"])
    assert json.loads(part["body"])["matter"] == "environment"


def test_the_reporter_comes_back_with_ten_words_typed_without_marks(house: House, client: Client) -> None:
    made = house.tip("Đèn hỏng")
    send(house, client, made)
    typed = " ".join(made["words"]).upper()
    code = house.sealer.ask("code", typed=typed, root=house.root)
    answer = client.post("/tips/sealed/conversation/", {"lookup": code["lookup"]}, content_type="application/json")
    found = unframed(answer.content)
    keys = house.sealer.ask("keys", wrapping=found.pieces[0], code=code)
    assert keys["identity"] == made["identity"]
    digest = found.head["parts"][0]["digest"]
    sealed = client.post(
        "/tips/sealed/part/", {"lookup": code["lookup"], "digest": digest}, content_type="application/json"
    )
    assert "Đèn hỏng" in house.sealer.ask("read", sealed=sealed.content, identity=keys["identity"])["body"].decode()


def test_a_slip_in_the_words_is_told_and_an_unknown_code_is_only_unknown(house: House, client: Client) -> None:
    first, *others = fold(accounts.TIP_CODE).split()  # of a code made by chance, one in so many is whole when turned
    words = [*others, first]
    with pytest.raises(SealingFailed) as slip:
        house.sealer.ask("code", typed=" ".join(words), root=house.root)
    assert slip.value.kind == "slip"
    answer = client.post("/tips/sealed/conversation/", {"lookup": "0" * 64}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (404, {"why": "unknown"})


def test_what_is_not_sealed_is_refused(house: House, client: Client) -> None:
    made = house.tip()
    made["pieces"][2] = b"clear text" * 3000
    assert send(house, client, made).status_code == 400
    assert not Tip.objects.exists()


DEEP = b"[" * 4000
FOREIGN = [
    *("\x00", "é" * 64, "\ud800" * 64, "7.a.é", "7.\ud800.b", "²." + "0" * 64, "0" * 64),
    *(7, None, [], {}, True, 1e400),
]


@pytest.mark.parametrize("path", ["", "conversation/", "part/", "parts/", "code/", "withdrawal/", "verdict/", "proof/"])
def test_however_a_stranger_spells_it_the_answer_is_no(house: House, client: Client, path: str) -> None:
    made = house.tip()
    assert send(house, client, made).status_code == 201
    other = house.tip()
    for body in (DEEP, b'{"lengths":' + DEEP, len(DEEP).to_bytes(4, "big") + DEEP, b"", b"\xff\xfe{"):
        answer = client.post(f"/tips/sealed/{path}", body, content_type=SEALED)
        assert answer.status_code == 400
    for said in FOREIGN:
        head = {**other["head"], **dict.fromkeys(("challenge", "rung", "number", "digest", "settled", "new"), said)}
        head = {**head, "challenge": {"challenge": said, "nonce": 7}, "lookup": made["lookup"], "named": said}
        for more in (head, {**head, "lookup": said}, {**head, "named": [[said, said]], "rung": 0, "desk": said}):
            if path in ("", "parts/", "code/"):
                answer = post(client, f"sealed/{path}", more, other["pieces"][:3])
            else:
                answer = client.post(f"/tips/sealed/{path}", json.dumps(more), content_type="application/json")
            assert answer.status_code < 500
    assert Tip.objects.count() == 1


def test_no_cookie_is_set_and_a_post_from_elsewhere_is_refused(house: House, client: Client) -> None:
    answer = send(house, client, house.tip())
    assert not answer.cookies
    assert "Vary" not in answer.headers
    made = house.tip()
    head = with_puzzle(house, client, made)
    assert post(client, "sealed/", head, made["pieces"], HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert post(client, "sealed/", head, made["pieces"], HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert post(client, "sealed/", head, made["pieces"], HTTP_ORIGIN="null").status_code == 201


def test_a_second_part_follows_the_first_and_nothing_else(house: House, client: Client) -> None:
    made = house.tip()
    send(house, client, made)
    first = made["last"]
    about = {
        "tip": made["id"],
        "direction": "reporter",
        "kind": "message",
        "before": first,
        "seen": {"number": 0, "digest": ""},
    }
    part = house.sealer.ask("part", about=about, body=b"them", recipient=made["recipient"], signer=made["signer"])
    head = {"lookup": made["lookup"], "rung": part["rung"], "number": 2}
    assert post(client, "sealed/parts/", {**head, "number": 3}, [part["sealed"]]).status_code == 409
    assert post(client, "sealed/parts/", head, [part["sealed"]]).status_code == 201
    assert post(client, "sealed/parts/", head, [part["sealed"]]).json()["number"] == 2
    assert Tip.objects.get().parts.count() == 2


def test_a_flood_at_one_desk_is_told_honestly(house: House, client: Client, settings: Any) -> None:
    settings.TIPS_AN_HOUR = 1
    intake.cache.clear()
    assert send(house, client, house.tip()).status_code == 201
    answer = send(house, client, house.tip())
    assert (answer.status_code, answer.json()["why"]) == (503, "overload")


def test_the_clocks_of_a_new_tip_are_those_that_its_first_step_starts(house: House, client: Client) -> None:
    """Worked out without asking at the door, which is quicker; the long way finds the same."""
    send(house, client, house.tip())
    tip = Tip.objects.get()

    def told() -> list[Any]:
        return [*tip.clocks.order_by("rule").values_list("rule", "desk", "started_at", "due_at"), tip.due_at]

    quick = told()
    tip.clocks.all().delete()
    clock.start_with(tip, "received")
    tip.refresh_from_db()
    assert told() == quick
    assert len(quick) > 1
