"""The way of a site: which step may follow which, and what each does to the figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.accounts.roles import Role
from luytre.common.periods import Window
from luytre.registry.models import Initiative, Site, SiteStep, Stage
from luytre.registry.models.initiatives import AlreadyClosed, ClosesBeforeLaunch, MergesIntoNothing
from luytre.registry.models.procedure import FOLLOWS, BeforeTheLastStep, DoesNotFollow
from luytre.reporting import rollup
from tests.factories import commune, nation, user
from tests.registry.factories import InitiativeFactory, SiteFactory

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 10, 15), date(2026, 11, 14))
RULE = "Hướng dẫn 22"


@pytest.fixture
def officer():
    return user(Role.COMMUNE_OFFICER)


def wanted(officer, **fields) -> Site:
    site = Site(initiative=InitiativeFactory(), area=commune(), **fields)
    site.propose(by=officer, on=date(2026, 9, 1), note="Bà con đề nghị")
    return site


def total(code: str, window: Window = NOVEMBER):
    return rollup.total(nation(), code, window).value


def test_from_proposal_to_work(officer):
    site = wanted(officer)
    assert total("model_sites") == 0
    site.approve(by=officer, on=date(2026, 9, 20), decision="12/QĐ-UBND")
    assert (site.stage, site.decision) == (Stage.APPROVED, "12/QĐ-UBND")
    site.launch(by=officer, on=date(2026, 10, 20))
    assert (total("model_sites"), total("models_new")) == (1, 0)
    site.strengthen(by=officer, on=date(2026, 11, 2), note="Bầu lại tổ")
    site.strengthen(by=officer, on=date(2026, 11, 9), note="Sửa quy chế")
    assert total("model_sites_strengthened") == 1
    assert [step.kind for step in site.steps.order_by("pk")] == [
        "proposed", "approved", "launched", "strengthened", "strengthened",
    ]  # fmt: skip


def test_nothing_is_launched_that_was_not_approved(officer):
    site = wanted(officer)
    with pytest.raises(DoesNotFollow):
        site.launch(by=officer, on=date(2026, 10, 1))
    site.refuse(by=officer, on=date(2026, 9, 5), reason="Đã có", rule=RULE)
    with pytest.raises(DoesNotFollow):
        site.approve(by=officer, on=date(2026, 9, 6), decision="1")
    site.take(Stage.PROPOSED, by=officer, on=date(2026, 9, 7))
    site.approve(by=officer, on=date(2026, 9, 8), decision="1")


def test_a_step_of_before_the_last_one_is_refused(officer):
    site = wanted(officer)
    with pytest.raises(BeforeTheLastStep):
        site.approve(by=officer, on=date(2026, 8, 31), decision="1")


def test_a_site_recorded_at_work_needs_no_proposal(officer):
    site = SiteFactory(area=commune())
    assert site.stage == Stage.LAUNCHED
    site.review(by=officer, on=date(2026, 6, 1), note="Sơ kết")
    assert site.stage == Stage.REVIEWED


def test_a_merged_site_ends_and_the_other_goes_on(officer):
    here = commune()
    gone, stays = SiteFactory(area=here), SiteFactory(area=here)
    gone.close(by=officer, on=date(2026, 11, 1), reason="Trùng", rule=RULE, into=stays)
    assert (gone.stage, gone.is_running, stays.is_running) == (Stage.MERGED, False, True)
    assert (total("model_sites"), total("model_sites_dissolved")) == (1, 1)
    with pytest.raises(AlreadyClosed):
        gone.close(by=officer, on=date(2026, 11, 2), reason="Trùng", rule=RULE)
    with pytest.raises(MergesIntoNothing):
        stays.close(by=officer, on=date(2026, 11, 2), reason="Trùng", rule=RULE, into=gone)


def test_a_site_that_is_only_wanted_cannot_be_closed(officer):
    with pytest.raises(ClosesBeforeLaunch):
        wanted(officer).close(by=officer, on=date(2026, 9, 9), reason="Thôi", rule=RULE)


class AnyOrder(TestCase):
    @given(st.lists(st.sampled_from([one for one in Stage if one not in (Stage.MERGED, Stage.DROPPED)]), max_size=8))
    def test_whatever_is_tried_the_steps_follow_the_dict(self, kinds: list[Stage]) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        site = Site(initiative=Initiative.objects.first() or InitiativeFactory(), area=commune())
        site.add(by=officer)
        for kind in kinds:
            words = {"decision": "1"} if kind == Stage.APPROVED else {"reason": "r", "rule": "r"}
            before = site.stage
            try:
                site.take(kind, by=officer, on=date(2026, 5, 5), **words)
            except DoesNotFollow:
                assert kind not in FOLLOWS[before]
        told = ["", *SiteStep.objects.filter(site=site).order_by("pk").values_list("kind", flat=True)]
        assert all(after in FOLLOWS[before] for before, after in zip(told, told[1:], strict=False))
