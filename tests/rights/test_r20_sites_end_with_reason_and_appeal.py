"""R20: no site is refused or closed without a written reason and a rule; somebody else answers the appeal."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from luytre.accounts.roles import Role
from luytre.registry.models import Appeal, AppealAnswer, Closing, Site, SiteStep, Stage
from luytre.registry.models.decisions import AlreadyAnswered, DecidesOnOneself
from tests.factories import commune, province, user
from tests.registry.factories import InitiativeFactory, SiteFactory

pytestmark = pytest.mark.django_db
DAY, RULE = date(2026, 11, 1), "Hướng dẫn 22"


@pytest.fixture
def officer():
    return user(Role.COMMUNE_OFFICER)


@pytest.fixture
def other():
    return user(Role.PROVINCE_DESK, area=province())


@pytest.mark.parametrize(("reason", "rule"), [("", RULE), ("Không còn ai lo", "")])
def test_the_database_keeps_no_closing_and_no_refusal_without_both(officer, reason, rule):
    site = SiteFactory(area=commune())
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(site=site, on=DAY, by=officer, reason=reason, rule=rule)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteStep.objects.create(site=site, kind=Stage.REFUSED, on=DAY, by=officer, reason=reason, rule=rule)


def test_the_page_asks_for_both(client):
    here = commune()
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    site = SiteFactory(area=here)
    for answers in ({"reason": "Không còn ai lo"}, {"rule": RULE}):
        assert client.post(f"/registry/sites/{site.pk}/closing/", {"on": "2026-11-01", **answers}).status_code == 422
    assert not Closing.objects.exists()


def test_whoever_closed_it_cannot_answer_the_appeal(officer, other):
    site = SiteFactory(area=commune())
    site.close(by=officer, on=DAY, reason="Không còn ai lo", rule=RULE)
    site.object_to(by=officer, on=DAY, text="Tổ vẫn họp đều")
    answer = {"on": DAY, "is_upheld": True, "reason": "Có biên bản họp", "rule": RULE}
    with pytest.raises(DecidesOnOneself):
        site.answer_appeal(by=officer, **answer)
    appeal = Appeal.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AppealAnswer.objects.create(appeal=appeal, by=officer, decided_by=officer, **answer)
    site.answer_appeal(by=other, **answer)
    with pytest.raises(AlreadyAnswered):
        appeal.answer(by=other, **answer)


def test_an_appeal_that_is_right_undoes_the_closing_and_the_figures_follow(officer, other):
    site = SiteFactory(area=commune())
    site.close(by=officer, on=DAY, reason="Không còn ai lo", rule=RULE)
    assert not Site.objects.running_on(date(2026, 11, 2)).exists()
    site.object_to(by=officer, on=DAY, text="Tổ vẫn họp đều")
    site.answer_appeal(by=other, on=DAY, is_upheld=True, reason="Có biên bản họp", rule=RULE)
    assert Site.objects.running_on(date(2026, 11, 2)).get() == site
    assert not Site.objects.closed_in(DAY, date(2026, 12, 1)).exists()
    site.close(by=other, on=date(2026, 11, 9), reason="Đã tan thật", rule=RULE)
    assert site.closings.count() == 2


def test_an_appeal_that_is_wrong_changes_nothing_and_says_why(officer, other):
    site = SiteFactory(area=commune())
    site.close(by=officer, on=DAY, reason="Không còn ai lo", rule=RULE)
    site.object_to(by=officer, on=DAY, text="Tổ vẫn họp đều")
    with pytest.raises(IntegrityError), transaction.atomic():
        site.answer_appeal(by=other, on=DAY, is_upheld=False, reason="", rule=RULE)
    again = Site.objects.get()
    again.answer_appeal(by=other, on=DAY, is_upheld=False, reason="Không có giấy tờ nào", rule=RULE)
    assert again.closing is not None


def test_a_refusal_can_be_appealed_and_the_proposal_stands_again(officer, other):
    site = Site(initiative=InitiativeFactory(), area=commune())
    site.propose(by=officer, on=date(2026, 10, 1))
    site.refuse(by=officer, on=date(2026, 10, 5), reason="Đã có điểm gần đó", rule=RULE)
    site.object_to(by=officer, on=date(2026, 10, 9), text="Cách một con suối")
    assert list(Appeal.objects.all()) == [site.open_appeal]
    site.answer_appeal(by=other, on=DAY, is_upheld=True, reason="Xa thật", rule=RULE)
    assert site.stage == Stage.PROPOSED
