"""The least valid material, and one that everybody can see."""

from datetime import UTC, datetime
from typing import Any

import factory

from luytre.accounts.models import User
from luytre.bulletins.models import Kind, Material, MaterialVersion
from tests.factories import UserFactory, commune

THEN = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


class MaterialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Material

    area = factory.LazyFunction(commune)
    title = factory.Sequence(lambda number: f"Dừng lại, tắt máy, gọi công an xã {number}")
    kind = Kind.SCRIPT
    topic = "online_fraud"
    source_body = "Công an xã"
    summary = "Nhận ra cuộc gọi giả danh."


def version(
    material: Material | None = None, *, by: User | None = None, text: str = "Bà con chú ý."
) -> MaterialVersion:
    return (material or MaterialFactory()).add_version(by=by or UserFactory(), at=THEN, text=text)


def published(**fields: Any) -> Material:
    material = MaterialFactory(**fields)
    version(material).publish(by=UserFactory(), at=THEN, reason="đã đối chiếu")
    return material
