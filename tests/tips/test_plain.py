"""The page without scripts: sealed in a child process, nothing on a disk, nothing readable in the database."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre.tips import plain_sealing, uploads
from luytre.tips.models import Channel, Direction, Part, Tip
from tests.tips.conftest import House

PAGE, BACK = "/tips/plain/", "/tips/plain/return/"


def answers(house: House, client: Client, **more: Any) -> dict[str, Any]:
    number = re.search(r'name="number" value="([0-9a-f-]+)"', client.get(PAGE).content.decode())
    assert number
    said = {"number": number[1], "place": "", "desk": str(house.desk.desk.pk), "matter": "theft", "act": "send"}
    return {**said, "text": "Mất xe đạp ở chợ", **more}


def words_in(page: bytes) -> str:
    listed = re.search(r'<ol class="code-words">(.*?)</ol>', page.decode(), re.S)
    assert listed
    return " ".join(re.findall(r"<li>([^<]+)</li>", listed[1]))


def opened(house: House, tip: Tip) -> str:
    wrapping = tip.wrappings.exclude(epoch=None).get()
    file = house.sealer.ask("open", file=bytes(wrapping.sealed), identity=house.desk.epoch_identity)
    return str(house.sealer.ask("unpad", bytes=file)["identity"])


def test_a_tip_from_the_plain_page_is_read_by_the_desk_alone(house: House, client: Client) -> None:
    photo = SimpleUploadedFile("ghi-am.mp3", b"the planted three words" * 200_000, "audio/mpeg")
    answer = client.post(PAGE, answers(house, client, attached=photo))
    assert answer.status_code == 200
    assert not answer.cookies
    assert len(words_in(answer.content).split()) == 10
    tip = Tip.objects.get()
    assert tip.channel == Channel.PLAIN
    identity = opened(house, tip)
    first, file = tip.parts.order_by("number")
    told = json.loads(house.sealer.ask("read", sealed=bytes(first.sealed), identity=identity)["body"])
    assert (told["text"], told["matter"], told["kind"]) == ("Mất xe đạp ở chợ", "theft", "tip")
    read = house.sealer.ask("read", sealed=bytes(file.sealed), identity=identity)
    assert (read["head"]["name"], len(read["body"])) == ("ghi-am.mp3", 23 * 200_000)


def test_a_photo_loses_where_it_was_taken(house: House, client: Client) -> None:
    from io import BytesIO

    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "planted place"
    target = BytesIO()
    Image.new("RGB", (20, 20), "green").save(target, "JPEG", exif=exif)
    photo = SimpleUploadedFile("nha-toi.jpg", target.getvalue(), "image/jpeg")
    client.post(PAGE, answers(house, client, attached=photo))
    file = Part.objects.get(number=2)
    read = house.sealer.ask("read", sealed=bytes(file.sealed), identity=opened(house, file.tip))
    assert read["head"]["name"] == "photo-1.jpg"
    assert b"planted" not in read["body"]


def test_the_way_back_leads_to_the_conversation(house: House, client: Client) -> None:
    code = words_in(client.post(PAGE, answers(house, client)).content)
    page = client.post(BACK, {"code": code.upper()}).content.decode()
    assert "Mất xe đạp ở chợ" in page
    page = client.post(BACK, {"code": code, "act": "send", "text": "Xe màu xanh"}).content.decode()
    assert "Xe màu xanh" in page
    tip = Tip.objects.get()
    assert tip.parts.filter(direction=Direction.REPORTER).count() == 2
    client.post(BACK, {"code": code, "act": "withdraw"})
    tip.refresh_from_db()
    assert tip.state == "withdrawn"


@pytest.mark.parametrize(("typed", "said"), [("bao bà", "Bạn viết 2 từ"), ("xyz " * 10, "xyz"), ("bao " * 10, "")])
def test_a_wrong_code_is_told_and_opens_nothing(house: House, client: Client, typed: str, said: str) -> None:
    answer = client.post(BACK, {"code": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_forged_message_is_not_shown(house: House, client: Client) -> None:
    code = words_in(client.post(PAGE, answers(house, client)).content)
    tip = Tip.objects.get()
    write(house, tip, "Bạn tên là gì?", signer=house.sealer.ask("signer")["secret"])
    page = client.post(BACK, {"code": code}).content.decode()
    assert "Bạn tên là gì?" not in page
    assert "không phải của nơi nhận" in page


def test_an_answer_of_the_desk_is_shown(house: House, client: Client) -> None:
    code = words_in(client.post(PAGE, answers(house, client)).content)
    write(house, Tip.objects.get(), "Đã nhận, cảm ơn", signer=house.desk.officers[0].signer)
    assert "Đã nhận, cảm ơn" in client.post(BACK, {"code": code}).content.decode()


def test_an_answer_stays_when_the_officer_who_wrote_it_has_left(house: House, client: Client) -> None:
    code = words_in(client.post(PAGE, answers(house, client)).content)
    leaves = house.desk.officers[1]
    write(house, Tip.objects.get(), "Đã nhận, cảm ơn", signer=leaves.signer)
    house.founding.let_go(house.desk, leaves)
    page = client.post(BACK, {"code": code}).content.decode()
    assert "Đã nhận, cảm ơn" in page
    assert "không phải của nơi nhận" not in page


def write(house: House, tip: Tip, text: str, *, signer: str) -> None:
    """As an officer's browser answers, or somebody who would like to be one."""
    first = tip.parts.get(direction=Direction.REPORTER)
    identity = opened(house, tip)
    about = {
        "tip": str(tip.pk),
        "direction": "desk",
        "kind": "message",
        "before": plain_sealing.START,
        "seen": {"number": 1, "digest": first.digest},
    }
    recipient = recipient_of(house, identity)
    body = json.dumps({"text": text}).encode()
    made = house.sealer.ask("part", about=about, body=body, recipient=recipient, signer=signer)
    from luytre.tips import intake

    intake.keep_part(tip, Direction.DESK, 1, made["sealed"], rung=made["rung"])


def recipient_of(house: House, identity: str) -> str:
    return str(house.sealer.ask("recipient", identity=identity))


def test_an_old_list_is_refused_and_nothing_is_kept(house: House, client: Client) -> None:
    house.founding.publish(house.desk, issued=house.founding.now - 40 * 86400, expires=house.founding.now - 86400)
    answer = client.post(PAGE, answers(house, client))
    assert answer.status_code == 409
    assert "Mất xe đạp ở chợ" in answer.content.decode()
    assert not Tip.objects.exists()


def test_too_many_at_once_is_told_and_the_words_are_still_there(
    house: House, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TIPS_PLAIN_AT_ONCE = 1
    monkeypatch.setattr(plain_sealing, "WAIT", 0)
    with plain_sealing.GATE.entered(1):
        answer = client.post(PAGE, answers(house, client))
    assert answer.status_code == 503
    assert "Mất xe đạp ở chợ" in answer.content.decode()


def test_files_beyond_the_limit_are_refused(house: House, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    photo = SimpleUploadedFile("a.mp4", b"x" * 2000, "video/mp4")
    assert client.post(PAGE, answers(house, client, attached=photo)).status_code == 413


def test_the_same_page_sent_twice_is_stored_once(house: House, client: Client) -> None:
    said = answers(house, client)
    assert client.post(PAGE, said).status_code == 200
    assert client.post(PAGE, said).status_code == 409
    assert Tip.objects.count() == 1


@pytest.mark.parametrize("act", ["send", "find"])
def test_what_no_keyboard_types_is_refused_too(house: House, client: Client, act: str) -> None:
    names = ("number", "place", "desk", "matter", "text", "name", "exact")
    for said in ("\x00", "\ud800".encode("utf-8", "surrogatepass"), "a" * 30_000):
        answer = client.post("/tips/plain/", {**dict.fromkeys(names, said), "act": act})
        assert answer.status_code in (200, 422)
    assert not Tip.objects.exists()


def test_the_page_says_what_the_server_holds_before_the_first_question(house: House, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert 0 < page.index("giữ lời bạn trong bộ nhớ") < page.index("<form")
    assert "<script" not in page


def test_a_post_from_elsewhere_is_refused_and_tor_browsers_null_is_not(house: House, client: Client) -> None:
    said = answers(house, client)
    assert client.post(PAGE, said, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert client.post(PAGE, said, HTTP_ORIGIN="null").status_code == 200


def test_words_that_an_officer_has_seen_are_replaced_at_the_first_return(house: House, client: Client) -> None:
    old = words_in(client.post(PAGE, answers(house, client)).content)
    Tip.objects.update(is_code_once=True)
    page = client.post(BACK, {"code": old}).content
    new = words_in(page)
    assert "Mất xe đạp ở chợ" not in page.decode()
    assert new != old
    assert Tip.objects.get().is_code_once  # the slip still opens until the reporter has the new words
    page = client.post(BACK, {"code": old, "new": new, "act": "written"}).content.decode()
    assert "Mất xe đạp ở chợ" in page
    assert client.post(BACK, {"code": old}).status_code == 422
    assert "Mất xe đạp ở chợ" in client.post(BACK, {"code": new}).content.decode()
    assert not Tip.objects.get().is_code_once


def test_a_reporter_who_is_not_content_turns_to_somebody_above(house: House, client: Client) -> None:
    from luytre.tips.models import Desk, DeskKind

    desk = house.desk.desk
    above = house.founding.open_desk(
        desk.area.parent,
        **{"province": "11", "officers": house.people[2:], "custodians": house.people[:1], "words": "a b c"},
        **{"name": "Công an tỉnh Thử", "kind": DeskKind.PROVINCE},
    )
    code = words_in(client.post(PAGE, answers(house, client)).content)
    assert "Công an tỉnh Thử" in client.post(BACK, {"code": code}).content.decode()
    said = {"code": code, "act": "complain", "above": str(above.desk.pk)}
    assert "Công an tỉnh Thử đã biết bạn chưa hài lòng" in client.post(BACK, said).content.decode()
    assert "Bạn đã gửi nơi khác rồi" in client.post(BACK, said).content.decode()
    assert Desk.objects.count() == 2
    file = SimpleUploadedFile("ghi-chu.txt", b"ba chu", "text/plain")
    page = client.post(BACK, {"code": code, "act": "send", "text": "", "attached": file}).content.decode()
    assert "ghi-chu.txt" in page
