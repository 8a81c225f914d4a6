"""Photos of a record: made anew without place and time, kept once, seen by who may read, and gone in time."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from luytre.accounts import retention
from luytre.activities.models import OutreachSession
from luytre.audit.models import AuditEntry
from luytre.ui import models, pictures
from luytre.ui.models import Attachment, TooMany, attachments
from luytre.ui.records import AlreadyRemoved
from tests.activities.factories import OutreachSessionFactory
from tests.factories import user

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 3, 2, 9, 0))
GPS, MAKER, TAKEN = 0x8825, 0x010F, 0x0132


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(colour: str = "green", size: tuple[int, int] = (2400, 1200), form: str = "JPEG") -> bytes:
    """As a phone makes it: with where and when."""
    image, exif = Image.new("RGB", size, colour), Image.Exif()
    exif[MAKER], exif[TAKEN] = "Điện thoại", "2026:03:02 08:59:00"
    exif.get_ifd(GPS).update({1: "N", 2: (21.0, 23.0, 1.0), 3: "E", 4: (103.0, 1.0, 2.0)})
    target = io.BytesIO()
    image.save(target, form, exif=exif)
    return target.getvalue()


def session() -> OutreachSession:
    return OutreachSessionFactory()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_anew_smaller_and_without_where_and_when(form: str) -> None:
    given = photo(form=form)
    assert Image.open(io.BytesIO(given)).getexif().get_ifd(GPS)
    kept = Attachment.attach(session(), given, by=user(), at=NOW)
    made = Image.open(io.BytesIO(kept.path.read_bytes()))
    assert (made.format, made.size) == ("JPEG", (1600, 800))
    assert dict(made.getexif()) == {}
    assert "exif" not in made.info
    assert b"Exif" not in kept.path.read_bytes()
    assert kept.size == kept.path.stat().st_size


def test_a_photo_taken_sideways_stands_upright() -> None:
    image, exif, target = Image.new("RGB", (100, 40)), Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    image.save(target, "JPEG", exif=exif)
    assert (pictures.made_anew(target.getvalue()).width, pictures.made_anew(target.getvalue()).height) == (40, 100)


def test_the_same_photo_sent_twice_is_kept_once() -> None:
    record, content, person = session(), photo(), user()
    first = Attachment.attach(record, content, by=person, at=NOW)
    assert Attachment.attach(record, content, by=person, at=NOW) == first
    assert Attachment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="photographed").count() == 1


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"<svg/>", photo()[:500]])
def test_what_is_no_photo_is_refused_and_leaves_nothing(content: bytes) -> None:
    with pytest.raises(pictures.NotAPicture):
        Attachment.attach(session(), content, by=user(), at=NOW)
    assert not Attachment.objects.exists()
    assert not list(models.folder().glob("*/*"))


def test_too_many_bytes_or_pixels_are_refused(monkeypatch) -> None:
    with pytest.raises(pictures.TooBig):
        pictures.made_anew(b"\xff" * (pictures.MOST_BYTES + 1))
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(pictures.TooBig):
        pictures.made_anew(photo())


def test_a_record_has_ten_photos_at_most(monkeypatch) -> None:
    monkeypatch.setattr(attachments, "MOST", 1)
    record = session()
    Attachment.attach(record, photo("red", (9, 9)), by=user(), at=NOW)
    with pytest.raises(TooMany):
        Attachment.attach(record, photo("blue", (9, 9)), by=user(), at=NOW)


def test_taking_out_needs_a_reason_and_the_file_goes_thirty_days_later(django_capture_on_commit_callbacks) -> None:
    record, person = session(), user()
    kept = Attachment.attach(record, photo(size=(9, 9)), by=person, at=NOW)
    kept.remove(record, by=person, at=NOW, reason="có người trong ảnh")
    with pytest.raises(AlreadyRemoved):
        kept.remove(record, by=person, at=NOW, reason="lần nữa")
    assert not Attachment.objects.of(record).kept().exists()
    retention.erase_due(today=NOW.date() + timedelta(days=30))
    assert kept.path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        retention.erase_due(today=NOW.date() + timedelta(days=31))
    assert not kept.path.exists()
    assert not Attachment.objects.exists()


def test_every_photo_goes_after_two_years(django_capture_on_commit_callbacks) -> None:
    kept = Attachment.attach(session(), photo(size=(9, 9)), by=user(), at=NOW)
    retention.erase_due(today=NOW.date() + timedelta(days=730))
    assert kept.path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        retention.erase_due(today=NOW.date() + timedelta(days=731))
    assert not kept.path.exists()


def test_a_picture_without_its_row_is_swept_away() -> None:
    kept = Attachment.attach(session(), photo(size=(9, 9)), by=user(), at=NOW)
    stray = models.folder() / "ab" / "abcdef.jpg"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    assert models.forget_strays(before=timezone.now() + timedelta(minutes=1)) == 1
    assert kept.path.exists()
    assert not stray.exists()
