"""R1: what a tip says stands nowhere, sent with scripts or without; only its desk and its reporter open it.

Here in one process and quickly; on a whole server, with every file, log and temporary folder, killed and restarted, in
tests/running/test_tip_line.py.
"""

import logging
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre.tips.models import Part, Tip
from luytre.tips.sealing import SealingFailed
from tests.running import planted
from tests.tips.conftest import House, house, sealing  # noqa: F401
from tests.tips.test_attacks import everything_held
from tests.tips.test_intake import send

SENTENCE = "Bà Lường Thị Ẩn thấy họ giấu hàng dưới gầm cầu Bản Xổm lúc gà gáy"
FILE = bytes(range(256)) * 12288  # three megabytes


@pytest.fixture
def folders(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """All that this process may write to."""
    temporary, media = tmp_path / "temporary", tmp_path / "media"
    for folder in (temporary, media):
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    settings.MEDIA_ROOT = media
    return [temporary, media]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def everywhere(folders: list[Path], logged: pytest.LogCaptureFixture) -> Iterator[tuple[str, bytes]]:
    yield from (("database", one) for one in everything_held())
    yield "log", logged.text.encode()
    yield from planted.files_below(*folders)


def needles() -> dict[str, bytes]:
    return planted.spellings(SENTENCE) | planted.of_bytes(FILE[100:140])


def test_with_scripts(house: House, client: Client, folders: list[Path], logged: pytest.LogCaptureFixture) -> None:  # noqa: F811
    made = house.tip(SENTENCE, name={"name": SENTENCE})
    assert send(house, client, made).status_code == 201
    assert client.post("/tips/sealed/", SENTENCE.encode(), content_type="application/octet-stream").status_code == 400
    assert planted.search(everywhere(folders, logged), needles()) == []
    logging.getLogger("x").warning(SENTENCE)
    assert planted.search(everywhere(folders, logged), needles())


def test_without_scripts(house: House, client: Client, folders: list[Path], logged: pytest.LogCaptureFixture) -> None:  # noqa: F811
    fields = {"number": str(uuid.uuid4()), "desk": str(house.desk.desk.pk), "matter": "drugs", "text": SENTENCE}
    file = SimpleUploadedFile("tep.bin", FILE)
    sent = client.post("/tips/plain/", {**fields, "name": SENTENCE, "act": "send", "attached": file})
    assert sent.status_code == 200
    assert (Tip.objects.count(), Part.objects.count()) == (1, 2)
    wrong = client.post(
        "/tips/plain/", {**fields, "desk": SENTENCE, "act": "send", "attached": SimpleUploadedFile("a", FILE)}
    )
    assert wrong.status_code == 422
    assert planted.search(everywhere(folders, logged), needles()) == []


def test_another_desk_and_the_operator_open_nothing(house: House, client: Client) -> None:  # noqa: F811
    made = house.tip(SENTENCE)
    assert send(house, client, made).status_code == 201
    others = [house.sealer.ask("identity")["secret"], house.desk.custodians[0].identity]
    for one in everything_held():
        if one.startswith(b"age-encryption.org/v1\n"):
            for identity in others[:1]:
                with pytest.raises(SealingFailed):
                    house.sealer.ask("open", file=one, identity=identity)
    tip = Tip.objects.get()
    for sealed in [tip.parts.get().sealed, *(one.sealed for one in tip.wrappings.all())]:
        with pytest.raises(SealingFailed):
            house.sealer.ask("open", file=bytes(sealed), identity=others[1])
