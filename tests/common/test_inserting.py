"""Records of several kinds that are stored together or not at all."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from luytre.common.inserting import insert_together
from luytre.tips.hours import on_the_hour
from luytre.tips.models import Desk, Step, Tip, Verb, Wrapping
from tests.tips import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return factories.desk()


def a_tip_with_all(desk: Desk) -> list[models.Model]:
    tip = Tip(id=uuid4(), area=desk.area, desk=desk, lookup=uuid4().hex * 2, is_named=True, received_at=on_the_hour())
    step = Step(tip=tip, verb=Verb.RECEIVED, at=on_the_hour(), desk=desk)
    sealed = [b"a\x00\xff'%s\\", b"\n".join([b"b"] * 3)]
    return [tip, step, *(Wrapping(tip=tip, epoch=one, sealed=sealed.pop()) for one in (desk.epoch, None))]


def values(record: models.Model) -> dict[str, object]:
    fields = [one.attname for one in record._meta.concrete_fields if not isinstance(one, models.AutoField)]
    return {name: bytes(said) if isinstance(said := getattr(record, name), memoryview) else said for name in fields}


def test_one_statement_stores_what_each_record_says(desk: Desk) -> None:
    tip, step, *wrappings = records = a_tip_with_all(desk)
    with CaptureQueriesContext(connection) as asked:
        insert_together(*records)
    assert len(asked) == 1
    assert values(Tip.objects.get()) == values(tip)
    assert values(Step.objects.get()) == values(step)
    assert [values(one) for one in Wrapping.objects.order_by("pk")] == [values(one) for one in wrappings]
    tip.refresh_from_db()
    tip.save()  # it knows that it is there
    assert Tip.objects.count() == 1


def test_a_single_record_is_stored_too(desk: Desk) -> None:
    insert_together(a_tip_with_all(desk)[0])
    assert Tip.objects.count() == 1


def test_where_one_breaks_a_rule_none_is_stored(desk: Desk) -> None:
    tip, *others = a_tip_with_all(desk)
    insert_together(tip)
    again = a_tip_with_all(desk)
    assert isinstance(again[0], Tip)
    assert isinstance(tip, Tip)
    again[0].lookup = tip.lookup
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together(*reversed(again), *others)
    assert (Tip.objects.count(), Step.objects.count(), Wrapping.objects.count()) == (1, 0, 0)
