"""R20: whoever is not content with how a tip is handled turns to somebody not involved, who has a clock to answer."""

import pytest
from django.test import Client

from luytre.tips import complaints
from luytre.tips.models import Clock, DeskKind, Step, Verb
from tests import factories as places
from tests.tips import factories

pytestmark = pytest.mark.django_db


def test_the_desk_that_is_complained_about_is_never_the_one_that_answers():
    province = factories.desk(places.province(), kind=DeskKind.PROVINCE)
    procuracy = factories.desk(places.province(), kind=DeskKind.PROCURACY)
    commune = factories.desk()
    assert complaints.above(commune) == [province, procuracy]
    for desk in (province, procuracy, commune):
        assert desk not in complaints.above(desk)


def test_an_officer_of_the_desk_above_sees_it_and_answers_and_nobody_else_can(client: Client):
    above = factories.desk(places.province(), kind=DeskKind.PROVINCE)
    commune = factories.desk(sends_to=above)
    complaints.complain(factories.tip(commune))
    asked = Clock.objects.get(rule="answer_complaint")
    client.force_login(factories.officer(commune))
    assert client.post("/tips/work/oversight/complaints/", {"clock": asked.pk}).status_code == 404
    client.force_login(factories.officer(above))
    assert commune.name in client.get("/tips/work/oversight/complaints/").content.decode()
    assert client.post("/tips/work/oversight/complaints/", {"clock": asked.pk}).status_code == 302
    assert Step.objects.filter(verb=Verb.HEARD, desk=above).count() == 1
