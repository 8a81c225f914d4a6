"""R1: a tip is read by the desk that holds it and by its reporter; it passes on by a logged act of that desk alone."""

import pytest
from django.apps import apps
from django.db import models

from luytre.audit.models import AuditEntry
from luytre.tips import acts, complaints
from luytre.tips.models import Class, DeskKind, Matter, Tip, Urgency, Verb
from tests import factories as places
from tests.tips import factories
from tests.tips.factories import NOISE

READABLE = (models.TextField, models.JSONField, models.FileField)


def test_no_column_about_a_tip_has_room_for_words():
    """What hangs on a tip is sealed bytes, dates, numbers and choices; free text ends at a document's number."""
    about = [Tip, *(one for one in apps.get_app_config("tips").get_models() if points_to_a_tip(one))]
    assert len(about) >= 7
    for model in about:
        for field in model._meta.concrete_fields:
            assert not isinstance(field, READABLE), f"{model._meta.label}.{field.name}"
            if isinstance(field, models.CharField):
                assert (field.max_length or 0) <= 120, f"{model._meta.label}.{field.name}"


def points_to_a_tip(model: type[models.Model]) -> bool:
    return any(isinstance(one, models.ForeignKey) and one.related_model is Tip for one in model._meta.concrete_fields)


@pytest.mark.django_db
def test_passing_on_is_logged_and_a_desk_that_drops_its_key_has_none():
    desk, other = factories.desk(), factories.desk(places.province(), kind=DeskKind.PROVINCE)
    officer, tip = factories.officer(desk), factories.tip(desk)
    acts.transfer(tip, by=officer, to_desk=other, wrapping=NOISE, keeps_own=False, basis="form 03")
    holding = {one.epoch.desk for one in tip.wrappings.exclude(epoch=None).select_related("epoch__desk")}
    assert holding == {other}
    assert AuditEntry.objects.filter(verb="tip transferred", subject_id=str(tip.pk)).count() == 1
    assert tip.steps.filter(verb=Verb.TRANSFERRED).count() == 1


@pytest.mark.django_db
def test_neither_a_complaint_nor_any_other_act_gives_somebody_else_a_key():
    above = factories.desk(places.province(), kind=DeskKind.PROVINCE)
    desk = factories.desk(sends_to=above)
    officer, tip = factories.officer(desk), factories.tip(desk)
    before = set(tip.wrappings.values_list("epoch", flat=True))
    complaints.complain(tip)
    acts.classify(tip, by=officer, classed=Class.CRIME, matter=Matter.THEFT, urgency=Urgency.USUAL)
    acts.begin_checking(tip, by=officer)
    assert set(tip.wrappings.values_list("epoch", flat=True)) == before
