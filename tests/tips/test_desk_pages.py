"""The desk's pages from outside: who gets in, what is handed out, what the server never has."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.tips import intake, work
from luytre.tips.framing import framed as spelled
from luytre.tips.framing import unframed
from luytre.tips.models import Channel, Direction, Tip, Wrapping
from tests import factories
from tests.tips.conftest import WORDS, House, framed

SEALED = "application/octet-stream"
TEXT = "Xe tải đổ rác ở suối lúc nửa đêm"


@pytest.fixture
def made(house: House) -> dict[str, Any]:
    return house.tip(TEXT, matter="environment")


@pytest.fixture
def tip(house: House, made: dict[str, Any]) -> Tip:
    return intake.accept(framed(made), channel=Channel.PLAIN).tip


@pytest.fixture
def officer(house: House, client: Client) -> Client:
    client.force_login(house.people[0])
    return client


def keys_of(house: House, answer: Any) -> dict[str, Any]:
    """As the officer's browser opens them: words, own key, epoch, wrapping."""
    own = json.loads(house.sealer.ask("unlock", file=answer["locked"], words=WORDS))
    return {
        "own": own,
        "epoch": house.sealer.ask("openEpoch", file=bytes.fromhex(answer["epochs"]["1"]), identity=own["identity"]),
    }


def test_one_desk_is_opened_at_once_and_the_inbox_says_nothing_readable(
    officer: Client, house: House, tip: Tip
) -> None:
    desk = house.desk.desk
    assert officer.get("/tips/work/").url == f"/tips/work/{desk.pk}/"
    page = officer.get(f"/tips/work/{desk.pk}/")
    rows = officer.get(f"/tips/work/{desk.pk}/rows/")
    assert page.status_code == rows.status_code == 200
    assert TEXT.encode() not in page.content + rows.content
    assert b"<script>" not in page.content


def test_the_officers_key_opens_the_row_and_the_parts(officer: Client, house: House, tip: Tip) -> None:
    keys = keys_of(house, officer.get(f"/tips/work/{house.desk.desk.pk}/secrets/").json())
    found = unframed(officer.get(f"/tips/work/{house.desk.desk.pk}/rows/").content)
    assert [row["id"] for row in found.head["rows"]] == [str(tip.pk)]
    wrapped = house.sealer.ask("unpad", bytes=house.sealer.ask("open", file=found.pieces[0], identity=keys["epoch"]))
    assert wrapped["heading"]["text"] == TEXT
    sealed = unframed(officer.get(f"/tips/work/tip/{tip.pk}/sealed/").content)
    part = officer.get(f"/tips/work/tip/{tip.pk}/parts/{sealed.head['parts'][0]['digest']}/").content
    assert TEXT in house.sealer.ask("read", sealed=part, identity=wrapped["identity"])["body"].decode()
    assert AuditEntry.objects.filter(verb="tip opened", subject_id=str(tip.pk)).exists()


@pytest.mark.parametrize("place", ["", "sealed/", "forms/01/", "forms/03/", "forms/214/"])
def test_another_desks_tip_is_not_found(client: Client, house: House, tip: Tip, place: str) -> None:
    client.force_login(factories.user(Role.DUTY_OFFICER, area=house.desk.desk.area))  # the role, but no key
    assert client.get(f"/tips/work/tip/{tip.pk}/{place}").status_code == 404
    client.force_login(house.people[0])
    assert client.get(f"/tips/work/tip/{tip.pk}/{place}").status_code == 200


def test_a_withdrawn_key_closes_the_door(officer: Client, house: House, tip: Tip) -> None:
    house.desk.officers[0].key.withdrawn_at = timezone.now()
    house.desk.officers[0].key.save()
    assert officer.get(f"/tips/work/{house.desk.desk.pk}/").status_code == 404
    assert officer.get(f"/tips/work/tip/{tip.pk}/").status_code == 404


def test_every_page_of_the_desk_opens(officer: Client, house: House, tip: Tip) -> None:
    desk = house.desk.desk.pk
    for place in (
        "handover/",
        "handover/?hours=72",
        "register/",
        "register/?month=2026-11",
        "register/?month=x",
        "new/",
    ):
        assert officer.get(f"/tips/work/{desk}/{place}").status_code == 200, place
    assert officer.get(f"/tips/work/tip/{tip.pk}/forms/99/").status_code == 404


def test_the_inbox_goes_by_clock_in_pages(officer: Client, house: House, tip: Tip) -> None:
    now = timezone.now()
    for hours in range(30):
        other = Tip.objects.create(
            area=tip.area, desk=tip.desk, channel=Channel.WEB, received_at=now, due_at=now + timedelta(hours=hours - 2)
        )
        Wrapping.objects.create(tip=other, epoch=tip.desk.epoch, sealed=b"x")
    Tip.objects.filter(pk=tip.pk).update(due_at=None)
    url = f"/tips/work/{tip.desk_id}/rows/"
    first = unframed(officer.get(url).content)
    second = unframed(officer.get(url, {"after": first.head["more"]}).content)
    dues = [row["due"] for row in (*first.head["rows"], *second.head["rows"])]
    assert (len(first.head["rows"]), len(second.head["rows"]), second.head["more"]) == (20, 11, "")
    assert dues == [*sorted(one for one in dues if one), ""]
    assert first.head["rows"][0]["clock"] == "late"
    late = unframed(officer.get(url, {"late": "1"}).content)
    assert {row["clock"] for row in late.head["rows"]} == {"late"}
    assert officer.get(url, {"after": "nonsense"}).status_code == 400


def say(
    house: House, officer: Client, tip: Tip, made: dict[str, Any], direction: str, words: str, number: int = 1
) -> Any:
    before = {"number": 0, "digest": ""}
    about = {"tip": str(tip.pk), "direction": direction, "kind": "message", "before": before, "seen": made["last"]}
    signer = house.desk.officers[0].signer
    part = house.sealer.ask("part", about=about, body=words.encode(), recipient=made["recipient"], signer=signer)
    head = {"direction": direction, "number": number, "rung": part["rung"]}
    return part, lambda *more, **told: officer.post(
        f"/tips/work/tip/{tip.pk}/parts/", spelled({**head, **told}, [part["sealed"], *more]), content_type=SEALED
    )


def test_an_answer_is_stored_sealed_and_the_reporter_sees_it(
    officer: Client, house: House, tip: Tip, made: dict[str, Any]
) -> None:
    _part, send = say(house, officer, tip, made, "desk", "Bạn thấy biển số xe không?")
    assert send().status_code == 201
    assert tip.parts.get(direction=Direction.DESK).number == 1
    answer = Client().post("/tips/sealed/conversation/", {"lookup": made["lookup"]}, content_type="application/json")
    assert [one["direction"] for one in unframed(answer.content).head["parts"]] == ["desk", "reporter"]


def test_a_note_is_never_handed_to_the_reporter_and_brings_its_key(
    officer: Client, house: House, tip: Tip, made: dict[str, Any]
) -> None:
    _part, send = say(house, officer, tip, made, "notes", "Đã gọi cho trạm")
    secret = house.sealer.ask("pad", said={"notes": "key"}, size=2048)
    again = house.sealer.ask("seal", bytes=secret, recipients=[house.desk.desk.epoch.recipient])
    assert send(again, epoch=1).status_code == 201
    assert bytes(tip.wrappings.exclude(epoch=None).get().sealed) == again
    answer = Client().post("/tips/sealed/conversation/", {"lookup": made["lookup"]}, content_type="application/json")
    assert [one["direction"] for one in unframed(answer.content).head["parts"]] == ["reporter"]


def test_a_message_never_changes_a_wrapping(officer: Client, house: House, tip: Tip, made: dict[str, Any]) -> None:
    before = bytes(tip.wrappings.exclude(epoch=None).get().sealed)
    _part, send = say(house, officer, tip, made, "desk", "x")
    secret = house.sealer.ask("pad", said={}, size=2048)
    assert send(house.sealer.ask("seal", bytes=secret, recipients=[made["recipient"]]), epoch=1).status_code == 400
    assert bytes(tip.wrappings.exclude(epoch=None).get().sealed) == before
    assert not tip.parts.filter(direction=Direction.DESK).exists()


def test_nobody_speaks_for_the_reporter(officer: Client, house: House, tip: Tip, made: dict[str, Any]) -> None:
    _part, send = say(house, officer, tip, made, "reporter", "x", number=2)
    assert send().status_code == 400


def test_a_heard_tip_gets_words_that_open_once(officer: Client, house: House) -> None:
    made = house.tip("Nghe qua điện thoại: mất xe đạp", matter="theft")
    desk = house.desk.desk.pk
    answer = officer.post(f"/tips/work/{desk}/heard/", spelled(made["head"], made["pieces"]), content_type=SEALED)
    assert answer.status_code == 201
    tip = Tip.objects.get()
    assert (tip.channel, tip.is_code_once) == (Channel.OFFICER, True)
    reporter = Client()
    new = house.sealer.ask(
        "newWords",
        keys={"identity": made["identity"], "signer": made["signer"], "desk": str(desk), "list": 1},
        lookup=made["lookup"],
        root=house.root,
    )
    assert (
        reporter.post("/tips/sealed/code/", spelled(new["head"], new["pieces"]), content_type=SEALED).status_code == 200
    )
    again = reporter.post("/tips/sealed/conversation/", {"lookup": made["lookup"]}, content_type="application/json")
    assert again.status_code == 404  # the words on the slip open nothing more
    found = reporter.post("/tips/sealed/conversation/", {"lookup": new["lookup"]}, content_type="application/json")
    code = house.sealer.ask("code", typed=" ".join(new["words"]), root=house.root)
    wrapping = unframed(found.content)
    assert wrapping.head["once"] is False
    assert house.sealer.ask("keys", wrapping=wrapping.pieces[0], code=code)["identity"] == made["identity"]


def test_a_reporters_own_words_are_not_replaced(house: House, tip: Tip, made: dict[str, Any]) -> None:
    new = house.sealer.ask("newWords", keys={"identity": made["identity"]}, lookup=made["lookup"], root=house.root)
    answer = Client().post("/tips/sealed/code/", spelled(new["head"], new["pieces"]), content_type=SEALED)
    assert (answer.status_code, answer.json()["why"]) == (409, "closed")


def test_the_hand_over_names_what_changed(house: House, tip: Tip) -> None:
    [change] = work.handed_over(house.desk.desk, since=timezone.now() - timedelta(hours=8))
    assert (change.tip, change.new_parts, [step.verb for step in change.steps]) == (tip, 0, ["received"])


def test_ten_thousand_tips_and_the_first_page_is_small(officer: Client, house: House, tip: Tip) -> None:
    """The time is measured by `script/bench`; here only that the size does not grow with the number."""
    sealed = bytes(tip.wrappings.exclude(epoch=None).get().sealed)
    rows = [Tip(area=tip.area, desk=tip.desk, channel=Channel.WEB, received_at=tip.received_at) for _ in range(200)]
    Tip.objects.bulk_create(rows)
    Wrapping.objects.bulk_create(Wrapping(tip=one, epoch=tip.desk.epoch, sealed=sealed) for one in rows)
    assert len(officer.get(f"/tips/work/{tip.desk_id}/rows/").content) < 100_000
