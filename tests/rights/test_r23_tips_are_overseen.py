"""R23 for tips: the auditor and the desk above see acts, clocks, openings, keys, never content; looking is logged."""

import pytest
from django.test import Client
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.tips import acts, clock
from luytre.tips.models import Class, KeyRole, Matter, Urgency
from tests import factories as places
from tests.tips import factories

pytestmark = pytest.mark.django_db
PAGES = ["", "acts/", "clocks/", "identities/", "keys/"]


def late_tip(desk):
    officer, tip = factories.officer(desk), factories.tip(desk, received_at=factories.ago(hours=30))
    clock.mark_breaches(now=timezone.now())
    acts.classify(tip, by=officer, classed=Class.PLACE, matter=Matter.PLACES, urgency=Urgency.USUAL)
    return tip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", ["", "csv", "xlsx"])
def test_the_auditor_sees_every_list_and_takes_it_along(client: Client, page: str, form: str):
    late_tip(factories.desk())
    client.force_login(places.auditor())
    answer = client.get(f"/tips/work/oversight/{page}", {"format": form} if form else {})
    assert answer.status_code == 200
    assert b"age-encryption" not in answer.content
    assert AuditEntry.objects.filter(verb__endswith="tip oversight").count() == 1


def test_a_superior_sees_the_desks_below_and_a_neighbour_does_not(client: Client):
    desk = factories.desk()
    tip = late_tip(desk)
    above = places.user(Role.KEY_HOLDER, area=places.province())
    beside = places.user(Role.KEY_HOLDER, area=places.commune())
    for person, sees in ((above, True), (beside, False)):
        client.force_login(person)
        page = client.get("/tips/work/oversight/clocks/?state=missed").content.decode()
        assert (str(tip.pk)[:8] in page) == sees
        assert (desk.name in page) == sees


def test_key_events_say_when_a_key_came_and_went(client: Client):
    desk = factories.desk()
    officer = factories.officer(desk, KeyRole.CUSTODIAN)
    client.force_login(places.auditor())
    assert officer.full_name in client.get("/tips/work/oversight/keys/").content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROVINCE_DESK, Role.DUTY_OFFICER])
def test_nobody_else_looks(client: Client, role: str):
    client.force_login(places.user(role))
    assert client.get("/tips/work/oversight/").status_code == 403


def test_oversight_has_no_row_for_each_officer_to_compare():
    """No list counts what one person did (rule R8)."""
    from luytre.tips.overseeing import Summary

    assert set(Summary.__dataclass_fields__) == {"received", "open", "late", "channels", "matters"}
