"""Drafts: kept as typed, and nobody's cells are lost to somebody else's."""

import pytest

from luytre.accounts.roles import Role
from luytre.reporting.models import Return, ReturnDraft
from luytre.reporting.returns import drafting
from luytre.reporting.returns.sending import Locked
from tests.factories import user
from tests.reporting.returns.conftest import SENT_AT, moment
from tests.reporting.returns.factories import sent


def keep(errand, by, typed, **more):
    more = {"at": SENT_AT, "base_number": 0, **more}
    return drafting.keep(errand.form, errand.area, errand.window, typed, by=by, **more)


def test_a_draft_is_kept_as_typed_even_when_wrong(errand, officer):
    keep(errand, officer, {"v-traffic_accidents": "hai ba", "c-": "để xem lại"})
    draft = ReturnDraft.objects.get()
    assert draft.typed == {"v-traffic_accidents": "hai ba", "c-": "để xem lại"}
    assert Return.objects.get().number == 0


def test_cells_are_added_one_after_the_other_and_so_are_the_seconds(errand, officer):
    keep(errand, officer, {"v-traffic_accidents": "2"}, seconds=30)
    keep(errand, officer, {"v-fires_and_explosions": "1"}, seconds=20)
    draft = ReturnDraft.objects.get()
    assert draft.typed == {"v-traffic_accidents": "2", "v-fires_and_explosions": "1"}
    assert draft.seconds == 50


def test_two_people_in_different_cells_both_count(errand, officer):
    other = user(Role.COMMUNE_OFFICER, area=errand.area)
    keep(errand, officer, {"v-traffic_accidents": "2"})
    kept = keep(errand, other, {"v-fires_and_explosions": "1"})
    assert kept.theirs == {}
    assert kept.draft.typed == {"v-traffic_accidents": "2", "v-fires_and_explosions": "1"}


def test_two_people_in_the_same_cell_are_both_told_and_none_is_overwritten(errand, officer):
    other = user(Role.COMMUNE_OFFICER, area=errand.area)
    keep(errand, officer, {"v-traffic_accidents": "2"})
    kept = keep(errand, other, {"v-traffic_accidents": "3"})
    assert kept.theirs == {"v-traffic_accidents": "2"}
    assert ReturnDraft.objects.get().typed == {"v-traffic_accidents": "2"}


def test_who_saw_the_others_draft_may_change_it(errand, officer):
    other = user(Role.COMMUNE_OFFICER, area=errand.area)
    seen = keep(errand, officer, {"v-traffic_accidents": "2"}).draft
    kept = keep(errand, other, {"v-traffic_accidents": "3"}, drafted=drafting.stamp(seen), at=moment(2026, 11, 17))
    assert kept.theirs == {}
    assert kept.draft.typed == {"v-traffic_accidents": "3"}


def test_sending_ends_the_draft(errand, officer):
    keep(errand, officer, {"v-traffic_accidents": "2"})
    sent(errand, officer, SENT_AT, traffic_accidents="2")
    assert not ReturnDraft.objects.exists()
    assert Return.objects.get().number == 1


def test_a_locked_return_takes_no_draft(errand, officer, leader):
    report = sent(errand, officer, SENT_AT)
    report.approve(by=leader, at=SENT_AT)
    report.lock(by=leader, at=SENT_AT)
    with pytest.raises(Locked):
        keep(errand, officer, {"v-traffic_accidents": "2"}, base_number=1)
