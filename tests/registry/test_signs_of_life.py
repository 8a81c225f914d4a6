"""What shows that a site lives, whom the silence of the others reaches, and that nothing closes by itself."""

from datetime import date

import pytest

from luytre.accounts.roles import Role
from luytre.areas.models import Scope
from luytre.common.periods import Window
from luytre.registry import quiet
from luytre.registry.coverage import Coverage
from luytre.registry.models import Interview, KeeperNotice, QuietLimit, Site, SiteActivity, Stage
from luytre.registry.models.evidence import months_before, months_between
from luytre.registry.models.life import SaysNothing, interview
from luytre.registry.models.notices import AlreadyReplied, write_to_keepers
from luytre.reporting import rollup
from tests.factories import commune, nation, province, residential, user
from tests.registry.factories import SiteActivityFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
OLD = date(2025, 1, 10)
RULE = "Hướng dẫn 22"


def signed_in(client, role, area):
    who = user(role, area=area)
    client.force_login(who, backend="luytre.accounts.backends.SignInBackend")
    return who


def scope(*areas, on=TODAY) -> Scope:
    return Scope(tuple(area.path for area in areas), on)


def quiet_ones(day=TODAY, months=6):
    return set(Site.objects.quiet_on(day, months=months))


def figure(code, window):
    return rollup.total(nation(), code, window, territory=TODAY).value


def test_months_are_whole_months():
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_between(date(2026, 5, 23), TODAY) == 5
    assert months_between(date(2026, 5, 22), TODAY) == 6


@pytest.mark.parametrize(
    "act",
    [
        lambda site, by: SiteActivityFactory(site=site, on=date(2026, 8, 1)),
        lambda site, by: site.rate(by=by, on=date(2026, 8, 1), grade="effective"),
        lambda site, by: site.count(by=by, on=date(2026, 8, 1), member_count=5),
        lambda site, by: site.strengthen(by=by, on=date(2026, 8, 1), note="Sửa quy chế"),
        lambda site, by: site.review(by=by, on=date(2026, 8, 1), note="Sơ kết"),
        lambda site, by: site.be_headed(by=by, on=date(2026, 8, 1), position="Trưởng bản"),
    ],
)
def test_each_kind_of_evidence_wakes_a_site(act):
    site = SiteFactory(area=commune(), launched_on=OLD)
    assert quiet_ones() == {site}
    assert site.months_quiet(TODAY) == 22
    act(site, user(Role.COMMUNE_OFFICER))
    assert quiet_ones() == set()
    assert quiet_ones(months=3) == {site}
    assert site.months_quiet(TODAY) == 3


def test_papers_are_indirect_and_work_is_direct():
    site = SiteFactory(area=commune(), launched_on=OLD)
    SiteActivityFactory(site=site, on=date(2026, 3, 1), kind=SiteActivity.Kind.PATROL)
    SiteActivityFactory(site=site, on=date(2026, 8, 1), kind=SiteActivity.Kind.PICTURE)
    seen = Site.objects.with_signs(TODAY).get()
    assert (seen.direct_on, seen.indirect_on, seen.seen_on) == (date(2026, 3, 1), date(2026, 8, 1), date(2026, 8, 1))


def test_what_was_taken_out_is_no_evidence():
    site = SiteFactory(area=commune(), launched_on=OLD)
    by = user(Role.COMMUNE_OFFICER)
    SiteActivityFactory(site=site, on=date(2026, 8, 1)).remove(by=by, reason="ghi nhầm điểm")
    assert quiet_ones() == {site}


def test_life_is_told_as_of_any_day():
    site = SiteFactory(area=residential(), launched_on=OLD)
    SiteActivityFactory(site=site, on=date(2026, 8, 1))
    for day, living in ((date(2025, 6, 30), 1), (date(2025, 12, 31), 0), (date(2026, 9, 30), 1)):
        window = Window(day.replace(day=1), day)
        assert figure("model_sites_living", window) == living
        assert figure("residential_areas_with_living_model", window) == living
        assert figure("residential_areas_with_model", window) == 1


def test_coverage_stands_beside_living_coverage():
    here = commune()
    lively, asleep, none = (residential(name, parent=here) for name in ("Bản Một", "Bản Hai", "Bản Ba"))
    SiteActivityFactory(site=SiteFactory(area=lively, launched_on=OLD), on=date(2026, 10, 1))
    SiteFactory(area=asleep, launched_on=OLD)
    made = Coverage(scope(here))
    assert (made.areas().count(), made.covered().count(), made.living().count()) == (3, 2, 1)
    assert list(made.uncovered()) == [none]
    assert list(made.asleep()) == [asleep]


def test_a_site_of_the_commune_covers_the_areas_it_serves():
    here = commune()
    served = residential("Bản Một", parent=here)
    SiteFactory(area=here).serves.add(served)
    assert list(Coverage(scope(here)).covered()) == [served]


def test_a_province_sets_its_own_limit():
    here, other = commune(parent=province("11")), commune(parent=province("12", "Lai Châu"))
    by = user(Role.PROVINCE_DESK, area=province("11"))
    for months in (9, 3):
        QuietLimit(area=province("11"), months=months).add(by=by)
    assert [quiet.limit_of(scope(one)) for one in (here, other)] == [3, 6]


def test_time_alone_closes_nothing():
    site = SiteFactory(area=commune(), launched_on=date(2016, 1, 1))
    assert Site.objects.running_on(TODAY).get() == site


def ask(site, by, outcome, **more):
    words = {"led_by": "Trưởng bản", "last_done": "Họp tháng 2", "needs": "Pin đèn", **more}
    return interview(site, by=by, on=TODAY, outcome=outcome, **words)


def test_four_questions_relaunch_a_site():
    site, by = SiteFactory(area=commune(), launched_on=OLD), user(Role.COMMUNE_OFFICER)
    ask(site, by, Interview.Outcome.RELAUNCH)
    assert (site.stage, site.head_on(TODAY), quiet_ones()) == (Stage.RELAUNCHED, "Trưởng bản", set())
    assert site.interviews.get().needs == "Pin đèn"


def test_nobody_to_lead_it_no_relaunch():
    site, by = SiteFactory(area=commune(), launched_on=OLD), user(Role.COMMUNE_OFFICER)
    with pytest.raises(SaysNothing):
        ask(site, by, Interview.Outcome.RELAUNCH, led_by="")
    assert not site.interviews.exists()


def test_four_questions_close_or_merge_with_reason_and_rule():
    here, by = commune(), user(Role.COMMUNE_OFFICER)
    gone, merged, stays = (SiteFactory(area=here, launched_on=OLD) for _ in range(3))
    ask(gone, by, Interview.Outcome.CLOSE, led_by="", reason="Không còn ai lo", rule=RULE)
    ask(merged, by, Interview.Outcome.MERGE, reason="Trùng", rule=RULE, into=stays)
    assert (gone.stage, merged.stage) == (Stage.DROPPED, Stage.MERGED)


def test_deciding_later_changes_nothing():
    site, by = SiteFactory(area=commune(), launched_on=OLD), user(Role.COMMUNE_OFFICER)
    ask(site, by, Interview.Outcome.WAIT, led_by="")
    assert quiet_ones() == {site}


def test_each_commune_gets_one_notice_with_its_own_sites():
    one, two = commune(), commune()
    mine = [SiteFactory(area=one), SiteFactory(area=residential(parent=one))]
    theirs = SiteFactory(area=two)
    desk = user(Role.PROVINCE_DESK)
    notices = write_to_keepers([*mine, theirs], by=desk, text="Xem lại giúp")
    assert {notice.area: set(notice.sites.all()) for notice in notices} == {one: set(mine), two: {theirs}}
    notices[0].answer(by=user(Role.COMMUNE_OFFICER, area=one), text="Đã xem")
    with pytest.raises(AlreadyReplied):
        notices[0].answer(by=desk, text="Nữa")


def test_the_keeper_sees_the_card_and_answers(client):
    here = commune()
    site = SiteFactory(area=here, launched_on=OLD)
    write_to_keepers([site], by=user(Role.PROVINCE_DESK, full_name="Bùi Thị Tỉnh"), text="Xem lại giúp")
    signed_in(client, Role.COMMUNE_OFFICER, here)
    today = client.get("/today/").content.decode()
    assert "Bùi Thị Tỉnh" in today
    assert f"/registry/sites/{site.pk}/interview/" in today
    notice = KeeperNotice.objects.get()
    assert client.post(f"/registry/sites/notices/{notice.pk}/", {"text": ""}).status_code == 422
    assert client.post(f"/registry/sites/notices/{notice.pk}/", {"text": "Đã xem, sẽ họp bản"}).status_code == 302
    assert "Bùi Thị Tỉnh" not in client.get("/today/").content.decode()
    signed_in(client, Role.COMMUNE_OFFICER, commune())
    assert client.get(f"/registry/sites/notices/{notice.pk}/").status_code == 404


def test_the_office_that_wrote_cannot_answer_for_the_keepers(client):
    write_to_keepers([SiteFactory(area=commune())], by=user(Role.PROVINCE_DESK), text="Xem lại giúp")
    signed_in(client, Role.PROVINCE_DESK, province())
    notice = KeeperNotice.objects.get()
    client.post(f"/registry/sites/notices/{notice.pk}/", {"text": "Đã xem"})
    assert KeeperNotice.objects.unanswered().get() == notice


def test_the_province_finds_the_quiet_ones_and_writes(client):
    here = commune()
    silent = SiteFactory(area=here, launched_on=OLD)
    SiteActivityFactory(site=SiteFactory(area=here, launched_on=OLD), on=date(2030, 1, 1))
    signed_in(client, Role.PROVINCE_DESK, province())
    page = client.get("/registry/sites/quiet/?months=6")
    assert [line.site for line in page.context["question"].lines(page.context["page"].object_list)][0] == silent
    address = f"/registry/sites/notices/new/?{page.context['question'].query}"
    assert client.post(address, {"text": "Đề nghị xem lại"}).status_code == 302
    assert silent in KeeperNotice.objects.get().sites.all()


def test_the_pages_ask_as_often_for_many_sites_as_for_few(client, django_assert_max_num_queries):
    here = commune()
    signed_in(client, Role.COMMUNE_OFFICER, here)
    for _ in range(20):
        SiteFactory(area=residential(parent=here), launched_on=OLD)
    with django_assert_max_num_queries(14):
        client.get("/registry/sites/quiet/")
    with django_assert_max_num_queries(18):
        client.get("/registry/sites/coverage/")
