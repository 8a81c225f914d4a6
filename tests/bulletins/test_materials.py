"""The materials library: versions, two people, withdrawal in the open, reach without readers."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.bulletins import public
from luytre.bulletins.models import (
    AlreadyPublished,
    Download,
    Kind,
    Material,
    NotPublished,
    OwnMaterial,
    Publication,
)
from luytre.ui.kit import trail
from tests.bulletins.factories import THEN, MaterialFactory, published, version
from tests.factories import UserFactory, commune, user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.7 a leaflet"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


def signed_in(role: str, area: Area) -> Client:
    client = Client()
    client.force_login(user(role, area=area), backend="luytre.accounts.backends.SignInBackend")
    return client


def leaflet(area: Area) -> Material:
    return MaterialFactory(area=area, kind=Kind.LEAFLET, title="Tờ rơi phòng cháy", topic="fire_safety")


def send(client: Client, material: Material, content: bytes = PDF, name: str = "to-roi.pdf") -> int:
    upload = SimpleUploadedFile(name, content)
    return client.post(f"/bulletins/materials/{material.pk}/versions/new/", {"upload": upload}).status_code


def test_nobody_publishes_what_they_wrote_and_the_database_says_so_too():
    author = UserFactory()
    one = version(by=author)
    with pytest.raises(OwnMaterial):
        one.publish(by=author, at=THEN, reason="đã đối chiếu")
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(version=one, written_by=author, by=author, at=THEN, reason="x")


def test_a_version_is_published_once_and_only_what_went_out_is_withdrawn():
    one = version()
    with pytest.raises(NotPublished):
        one.withdraw(by=UserFactory(), on=TODAY, reason="sai")
    one.publish(by=UserFactory(), at=THEN, reason="đã đối chiếu")
    with pytest.raises(AlreadyPublished):
        one.publish(by=UserFactory(), at=THEN, reason="đã đối chiếu")


def test_the_public_sees_what_two_people_let_out_and_nothing_else(client):
    version(MaterialFactory(title="Chưa ai kiểm tra"))
    published(title="Cảnh giác lừa đảo qua mạng")
    page = client.get("/materials/?q=canh+giac").content.decode()
    assert "Cảnh giác lừa đảo qua mạng" in page
    assert "Chưa ai kiểm tra" not in client.get("/materials/").content.decode()
    assert "Không tìm thấy tài liệu nào" in client.get("/materials/?topic=traffic").content.decode()


def test_a_newer_version_takes_the_place_of_the_older_once_it_is_published():
    material = published()
    newer = version(material, text="Bản mới")
    assert public.material(material.pk, on=TODAY).current.number == 1
    newer.publish(by=UserFactory(), at=THEN, reason="đã đối chiếu")
    assert public.material(material.pk, on=TODAY).current.text == "Bản mới"


def test_what_was_withdrawn_stays_and_is_marked(client):
    material = published()
    material.versions.get().withdraw(by=UserFactory(), on=TODAY, reason="số điện thoại đã đổi")
    page = client.get(f"/materials/{material.pk}/").content.decode()
    assert "số điện thoại đã đổi" in page
    assert "Bà con chú ý" not in page
    assert str(material) not in client.get("/materials/").content.decode()


def test_what_has_expired_is_marked_and_not_listed():
    material = published(expires_on=date(2026, 11, 19))
    assert public.search("", "", on=TODAY) == []
    assert public.material(material.pk, on=TODAY).current is None


def test_an_officer_puts_in_a_file_and_the_leader_publishes_it(client, here):
    material = leaflet(here)
    officer, leader = signed_in(Role.COMMUNE_OFFICER, here), signed_in(Role.COMMUNE_LEADER, here)
    assert send(officer, material) == 302
    one = material.versions.get()
    address = f"/bulletins/material-versions/{one.pk}/publication/"
    assert officer.post(address, {"reason": "đã đối chiếu"}).status_code == 403
    assert leader.post(address, {"reason": ""}).status_code == 422
    assert leader.post(address, {"reason": "đã đối chiếu nguồn tin"}).status_code == 302
    taken = client.get(f"/materials/{material.pk}/file/")
    assert b"".join(taken.streaming_content) == PDF
    assert taken["Content-Disposition"].startswith("attachment")
    assert [row.count for row in Download.objects.all()] == [1]
    assert "qr" in leader.get(f"/bulletins/materials/{material.pk}/versions/").content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("anh.jpg", b"\xff\xd8\xff"), ("to-roi.pdf", b"<script>"), ("a.html", b"<html>"), ("to-roi.docx", PDF)],
)
def test_other_kinds_of_file_are_refused(here, name, content):
    material = leaflet(here)
    assert send(signed_in(Role.COMMUNE_OFFICER, here), material, content, name) == 422
    assert not material.versions.exists()


def test_a_file_that_is_too_large_is_refused(here, monkeypatch):
    monkeypatch.setattr("luytre.bulletins.files.MOST_BYTES", 10)
    assert send(signed_in(Role.COMMUNE_OFFICER, here), leaflet(here)) == 422


def test_a_file_that_is_not_published_is_not_given_to_the_public(client, here):
    material = leaflet(here)
    send(signed_in(Role.COMMUNE_OFFICER, here), material)
    assert client.get(f"/materials/{material.pk}/file/").status_code == 404
    assert client.get(f"/materials/{material.pk}/").status_code == 404


def test_another_communes_material_is_not_there(here):
    officer = signed_in(Role.COMMUNE_OFFICER, here)
    theirs = version()
    assert officer.get(f"/bulletins/materials/{theirs.material_id}/versions/").status_code == 404
    assert officer.get(f"/bulletins/material-versions/{theirs.pk}/file/").status_code == 404


def test_downloads_are_counted_by_the_day_without_the_reader():
    one = version()
    for day in (TODAY, TODAY, date(2026, 11, 21)):
        Download.one_more(one, on=day)
    assert list(Download.objects.order_by("on").values_list("count", flat=True)) == [2, 1]
    assert {field.name for field in Download._meta.concrete_fields} == {"id", "version", "on", "count"}


def test_what_happened_to_a_material_is_told_in_words():
    material = MaterialFactory()
    version(material).publish(
        by=UserFactory(full_name="Lò Văn Đọc"), at=datetime(2026, 11, 4, tzinfo=UTC), reason="xong"
    )
    assert "công bố" in " ".join(str(happening.words) for happening in trail.of(material))
    assert timezone.now()
