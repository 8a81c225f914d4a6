"""R17: patrols log places and hazards, never people or continuous tracks; what is to come is never public."""

import json
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.models import Checkpoint, Hazard, HazardStep, Patrol, PatrolEvent
from luytre.api.models import Token
from luytre.common.nameless import people_in, positions_in
from tests.activities.duty_factories import CheckpointFactory, HazardFactory, PatrolFactory
from tests.factories import residential, user

LOG = [Patrol, PatrolEvent, Checkpoint, Hazard, HazardStep]
WHO_WROTE = {"created_by", "removed_by", "by", "said_by"}


@pytest.mark.parametrize("model", LOG)
def test_the_log_points_to_no_person_but_who_wrote_it(model: type[models.Model]) -> None:
    people = {
        field.name
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.related_model is User or getattr(field.related_model, "__name__", "") in {"Member", "Person"}
    }
    assert people <= WHO_WROTE


@pytest.mark.parametrize("model", LOG)
def test_the_log_has_no_place_for_positions(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        assert not isinstance(field, models.DecimalField | models.FloatField | models.JSONField | models.BinaryField)
        assert not {"latitude", "longitude", "position", "track", "geometry"} & {*field.name.split("_")}


@pytest.mark.parametrize(
    "text",
    [
        "Gặp ông Nguyễn Văn Thử ở ngã ba",
        "nhắc anh Thử khóa cổng",
        "gọi số 0912 345 678",
        "CCCD 012345678901",
        "xe 27B1-123.45 để hở",
        "xe 29A-678.90 chắn lối",
    ],
)
def test_what_reads_as_somebody_is_found(text: str) -> None:
    assert people_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đèn hỏng trên đường Bà Triệu",
        "Bà con nhắc nhau khóa cổng lúc 22:30",
        "Trường Anh hùng Tô Vĩnh Diện, cột điện số 12",
        "Nhặt được 2.500.000 đồng, giao Công an xã",
        "Ngày 03/11/2026 nước ngập 0,5 m",
    ],
)
def test_places_and_amounts_are_nobody(text: str) -> None:
    assert people_in(text) == []
    assert positions_in(text) == []


@given(
    points=st.lists(
        st.tuples(
            st.floats(8, 23).map(lambda degrees: f"{degrees:.5f}"),
            st.floats(102, 110).map(lambda degrees: f"{degrees:.5f}"),
        ),
        min_size=1,
        max_size=20,
    ),
    between=st.sampled_from([", ", " ", ",", "; "]),
)
def test_positions_are_found_however_they_are_written(points: list[tuple[str, str]], between: str) -> None:
    assert positions_in("; ".join(between.join(pair) for pair in points))


@pytest.mark.django_db
def test_the_form_refuses_names_and_positions(client):
    here = residential()
    client.force_login(user(Role.AREA_HEAD, area=here), backend="luytre.accounts.backends.SignInBackend")
    walked = {"held_on": "2026-11-03", "began": "21:00", "ended": "22:00", "area": here.pk, "people_count": 3}
    for words in ("Gặp anh Lò Văn Thử ở cầu", "21.38512, 103.01622"):
        for name in ("remark", "route", "handed_over"):
            answer = client.post(reverse("activities:patrols-add"), {**walked, name: words})
            assert answer.status_code == 422
    assert not Patrol.objects.exists()


@pytest.mark.django_db
def test_strangers_see_nothing_of_it(client):
    patrol, hazard, point = PatrolFactory(), HazardFactory(), CheckpointFactory()
    pages = [reverse(f"activities:{name}-list") for name in ("patrols", "hazards", "checkpoints")]
    pages += [reverse("activities:patrols-record", kwargs={"pk": patrol.pk})]
    pages += [reverse("activities:hazard-course", kwargs={"pk": hazard.pk}), reverse("activities:hazard-board")]
    for page in pages:
        assert client.get(page).status_code == 302
    for page in ("/", f"/places/{hazard.area.parent.code}/"):
        said = client.get(page).content.decode()
        assert hazard.place not in said
        assert point.name not in said


TRACK = [[21.38512, 103.01622], [21.38531, 103.01640], [21.38555, 103.01672]]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["track", "coordinates", "geometry", "latitude", "positions"])
@pytest.mark.parametrize("register", ["patrols", "hazards", "checkpoints"])
def test_the_api_refuses_tracks(register: str, name: str) -> None:
    here = residential()
    head = user(Role.AREA_HEAD, area=here)
    secret = Token(name="đồng hồ đeo tay").issue(by=head, at=timezone.now())
    caller = Client(headers={"Authorization": f"Bearer {secret}"})
    walked = {"held_on": "2026-11-03", "began": "21:00", "ended": "22:00", "area": here.code, "people_count": 3}
    content = json.dumps({"uid": str(uuid4()), "values": {**walked, name: TRACK}})
    answer = caller.post(f"/api/v1/registers/{register}", content, content_type="application/json")
    assert answer.status_code == 422
    assert name in [problem["field"] for problem in answer.json()]
    assert not Patrol.objects.exists()
