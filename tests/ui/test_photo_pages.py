"""Photos of a record on its pages and from the outbox: for who may read the record, once, with a reason to take out."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre.accounts.roles import Role
from luytre.activities.models import Patrol
from luytre.areas.models import Area
from luytre.ui import pictures
from luytre.ui.models import Attachment
from luytre.ui.registers import REGISTERS
from tests.activities.duty_factories import PatrolFactory
from tests.factories import commune, user
from tests.ui.test_photos import own_folder, photo

__all__ = ["own_folder"]
pytestmark = pytest.mark.django_db
PATROLS = REGISTERS["patrols"]


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> Client:
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    return client


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", content)


def from_outbox(client: Client, uid: object, content: bytes) -> int:
    address = f"{PATROLS.url('arrivals')}{uid}/photos/"
    return client.post(address, {"photo": file(content)}).status_code


def test_a_photo_follows_its_record_once(officer: Client, here: Area) -> None:
    patrol: Patrol = PatrolFactory(area=here)
    assert from_outbox(officer, patrol.uid, photo()) == 201
    assert from_outbox(officer, patrol.uid, photo()) == 201
    shown = Attachment.objects.of(patrol).get()
    page = officer.get(PATROLS.url("record", pk=patrol.pk)).content.decode()
    assert page.count(f"/photos/{shown.uid}/") >= 2  # the picture and the way to take it out
    answer = officer.get(PATROLS.url("photo", pk=patrol.pk, uid=shown.uid))
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"


def test_a_photo_without_record_or_of_another_area_is_not_taken(officer: Client) -> None:
    theirs = PatrolFactory()
    assert from_outbox(officer, uuid4(), photo()) == 404
    assert from_outbox(officer, theirs.uid, photo()) == 404
    assert not Attachment.objects.exists()


def test_too_big_is_413_and_no_photo_is_422(officer: Client, here: Area, monkeypatch) -> None:
    patrol = PatrolFactory(area=here)
    assert from_outbox(officer, patrol.uid, b"words") == 422
    monkeypatch.setattr(pictures, "MOST_BYTES", 1000)
    assert from_outbox(officer, patrol.uid, photo()) == 413


def test_a_photo_is_added_on_the_page_and_a_bad_one_says_why(officer: Client, here: Area) -> None:
    patrol = PatrolFactory(area=here)
    address = PATROLS.url("photo-add", pk=patrol.pk)
    assert officer.post(address, {"photo": file(b"words")}).status_code == 422
    assert officer.post(address, {}).status_code == 422
    assert officer.post(address, {"photo": file(photo())}).status_code == 302
    assert Attachment.objects.of(patrol).count() == 1


def test_a_photo_of_another_area_is_not_there(officer: Client) -> None:
    theirs = PatrolFactory()
    shown = Attachment.attach(theirs, photo(), by=user(), at=theirs.created_at)
    for page in ("photo", "photo-remove"):
        answer = officer.generic(
            "POST" if page == "photo-remove" else "GET", PATROLS.url(page, pk=theirs.pk, uid=shown.uid)
        )
        assert answer.status_code == 404
    assert officer.post(PATROLS.url("photo-add", pk=theirs.pk), {"photo": file(photo())}).status_code == 404


def test_a_photo_of_another_record_is_not_reached_through_ones_own(officer: Client, here: Area) -> None:
    mine, other = PatrolFactory(area=here), PatrolFactory()
    shown = Attachment.attach(other, photo(), by=user(), at=other.created_at)
    assert officer.get(PATROLS.url("photo", pk=mine.pk, uid=shown.uid)).status_code == 404


def test_taking_out_needs_a_reason(officer: Client, here: Area) -> None:
    patrol = PatrolFactory(area=here)
    shown = Attachment.attach(patrol, photo(), by=user(), at=patrol.created_at)
    address = PATROLS.url("photo-remove", pk=patrol.pk, uid=shown.uid)
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "có người trong ảnh"}).status_code == 302
    assert officer.get(PATROLS.url("photo", pk=patrol.pk, uid=shown.uid)).status_code == 404
    assert officer.post(address, {"reason": "có người trong ảnh"}).status_code == 404
