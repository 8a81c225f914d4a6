"""What anybody may check: the day's number, a receipt under it, and whether a site serves what the program has."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from luytre.audit import trees
from luytre.audit.chain import merkle_root
from luytre.tips import days, honesty, quiet, soundness
from luytre.tips.models import DayRoot, Part
from luytre.ui.security import POLICY
from tests.tips.conftest import House
from tests.tips.test_intake import send


@pytest.mark.parametrize("count", range(1, 18))
def test_every_leaf_has_a_way_to_the_root(count: int) -> None:
    digests = sorted(hashlib.sha256(bytes([number])).hexdigest() for number in range(count))
    root = merkle_root(digests)
    for place, digest in enumerate(digests):
        said = {"leaf": digest, "path": trees.way(trees.levels(digests), place)}
        assert days.is_included(said, root)
        assert not days.is_included({**said, "leaf": hashlib.sha256(b"other").hexdigest()}, root)


@pytest.fixture
def sent(house: House, client: Client) -> list[str]:
    """Three tips of yesterday, by the digests of their parts."""
    for _each in range(3):
        assert send(house, client, house.tip()).status_code == 201
    Part.objects.update(came_at=timezone.now() - timedelta(days=1))
    return list(Part.objects.values_list("digest", flat=True))


def proof(client: Client, digest: str) -> Any:
    return client.post("/tips/sealed/proof/", {"digest": digest}, content_type="application/json")


def test_a_receipt_is_proved_from_the_next_day_also_when_the_tip_is_gone(client: Client, sent: list[str]) -> None:
    assert proof(client, sent[0]).status_code == 404
    assert days.close_all(before=timezone.localdate()) == 1
    assert days.close_all(before=timezone.localdate()) == 0
    told = client.get("/tips/days.json").json()["days"]
    assert told[0]["root"] in client.get("/tips/days/").content.decode()
    Part.objects.filter(digest=sent[1]).delete()
    for digest in sent:
        said = proof(client, digest).json()
        assert said["root"] == told[0]["root"]
        assert days.is_included(said, told[0]["root"])
    assert proof(client, "0" * 64).status_code == 404
    assert proof(client, "x").status_code == 400


def test_nothing_is_added_to_a_day_that_is_closed(house: House, client: Client, sent: list[str]) -> None:
    days.close_all(before=timezone.localdate())
    before = DayRoot.objects.get().root
    send(house, client, house.tip())
    Part.objects.update(came_at=timezone.now() - timedelta(days=1))
    assert days.close_all(before=timezone.localdate()) == 0
    assert DayRoot.objects.get().root == before


# A live site


class Site:
    """The house's own pages; `instead` is what a dishonest server puts in place of one answer."""

    def __init__(self) -> None:
        self.client, self.instead = Client(), dict[str, honesty.Answer]()

    def fetched(self, address: str, body: bytes | None = None) -> honesty.Answer:
        path = urlsplit(address).path
        if path in self.instead:
            return self.instead[path]
        about = {"content_type": "application/json"} if body else {}
        answer = self.client.post(path, body, **about) if body else self.client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return honesty.Answer(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, content)


@pytest.fixture
def site(house: House, monkeypatch: pytest.MonkeyPatch) -> Site:
    one = Site()
    monkeypatch.setattr(honesty, "fetched", one.fetched)
    return one


def look(**more: Any) -> honesty.Look:
    one = honesty.Look("http://testserver", honesty.listed(), **more)
    one.walk()
    return one


def test_an_honest_site_has_no_fault(site: Site, house: House) -> None:
    one = look(root=house.root)
    assert one.faults == []
    assert one.pages >= 3
    assert one.compared >= 2


def page(content: str, **headers: str) -> honesty.Answer:
    return honesty.Answer(
        200, {"content-type": "text/html", "content-security-policy": POLICY, **headers}, content.encode()
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<script>send()</script>", "trong chính trang"),
        ('<script src="https://elsewhere.example/x.js"></script>', "nơi khác"),
        ('<script src="/static/planted.js"></script>', "không phải tệp"),
        ('<body onload="send()">', "thuộc tính"),
        ('<a href="javascript:send()">', "thuộc tính"),
        ('<iframe src="/"></iframe>', "iframe"),
        (f'<main data-root="{"0" * 64}">', "khóa gốc khác"),
    ],
)
def test_a_changed_page_is_found(site: Site, house: House, content: str, fault: str) -> None:
    site.instead["/tips/"] = page(content)
    assert any(fault in one for one in look(root=house.root).faults)


def test_other_rules_a_cookie_and_a_changed_script_are_found(site: Site) -> None:
    honest = site.fetched("http://testserver/tips/")
    script = next(one for one in honesty.Page(honest.body.decode()).named if one.endswith(".js"))
    site.instead["/tips/"] = page(honest.body.decode(), **{"content-security-policy": "x", "set-cookie": "a=1"})
    site.instead[script] = honesty.Answer(200, {}, b"changed()")
    faults = " ".join(look().faults)
    for fault in ("chính sách", "cookie", "không giống"):
        assert fault in faults


def test_a_root_that_changed_and_a_receipt_that_is_missing_are_found(site: Site, sent: list[str]) -> None:
    days.close_all(before=timezone.localdate())
    one = look()
    day = f"{DayRoot.objects.get().day}"
    assert one.days({}, sent[0]) == {day: DayRoot.objects.get().root}
    assert one.faults == []
    one.days({day: "0" * 64})
    one.days({}, "1" * 64)
    assert len(one.faults) == 2


def test_a_list_of_files_is_signed_by_the_releases_key(site: Site, house: House, tmp_path: Any) -> None:
    key, file = house.sealer.ask("signer"), tmp_path / "manifest.json"
    call_command("tips", "manifest", str(file))
    said = json.loads(file.read_text())["said"]
    statement = house.sealer.ask("sign", kind="manifest", said=said, secret=key["secret"])
    file.write_text(json.dumps({"kind": "manifest", "said": said, "statement": statement}))
    about = ["verify", "http://testserver", "--manifest", str(file)]
    call_command("tips", *about, "--release", key["key"])
    with pytest.raises(CommandError, match="Forged"):
        call_command("tips", *about, "--release", house.sealer.ask("signer")["key"])
    assert site.client.get("/tips/manifest.json").json()["said"]["files"] == said["files"]


# A machine that may not take tips


@pytest.fixture
def asked_again() -> Iterator[None]:
    for one in (soundness.closed, soundness.plain_closed):
        one.cache_clear()
    yield
    for one in (soundness.closed, soundness.plain_closed):
        one.cache_clear()


@pytest.mark.parametrize("how", ["debug", "closed", "log", "granian"])
def test_what_is_not_safe_closes_every_tip_route(
    how: str, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, asked_again: None
) -> None:
    if how == "granian":
        monkeypatch.setenv("GRANIAN_LOG_ACCESS_ENABLED", "true")
    elif how == "log":
        settings.LOGGING = {"loggers": {"granian.access": {"level": "INFO"}}}
    else:
        setattr(settings, *{"debug": ("DEBUG", True), "closed": ("TIPS_CLOSED", True)}[how])
    for path in ("/tips/", "/tips/plain/", "/tips/sealed/", "/tips/days/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "113" in answer.content.decode()


def test_swap_closes_the_page_without_scripts_alone(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch, asked_again: None, tmp_path: Any
) -> None:
    swaps = tmp_path / "swaps"
    swaps.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n/dev/zram0 partition 1 0 100\n")
    monkeypatch.setattr(soundness, "SWAPS", swaps)
    monkeypatch.setattr(soundness, "is_kept_in_memory", lambda: False)
    assert soundness.swaps() == ["/dev/sda2"]
    assert client.get("/tips/plain/").status_code == 503
    assert client.get("/tips/").status_code == 200


def test_no_picture_of_memory_is_left_by_the_web_server() -> None:
    import resource

    quiet.QuietMiddleware(lambda request: None)  # type: ignore[arg-type,return-value]
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
