"""Types of initiative: found by any name, added only after a look at those alike, merged with a trail."""

from datetime import date

import pytest

from luytre.accounts.roles import Role
from luytre.areas.models import Scope
from luytre.registry import catalogue
from luytre.registry.models import Carrier, Initiative, InitiativeMerging, Rating, ScaleGrade, Site
from luytre.registry.models.types import AlreadyMerged, CarriedElsewhere, MergesIntoItself, NotOneOfOurs
from tests.factories import commune, nation, province, user
from tests.registry.factories import InitiativeFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def scope(*areas) -> Scope:
    return Scope(tuple(area.path for area in areas), TODAY)


@pytest.fixture
def desk(client):
    who = user(Role.PROVINCE_DESK, area=province())
    client.force_login(who, backend="luytre.accounts.backends.SignInBackend")
    return who


def own_type(name: str, **fields) -> Initiative:
    return InitiativeFactory(name=name, area=province(), **fields)


def test_every_type_of_the_list_says_who_usually_carries_it():
    nation()
    catalogue.sync_initiatives()
    assert set(Initiative.objects.values_list("carrier", flat=True)) <= set(Carrier.values)
    assert Initiative.objects.get(name="Nông dân tự quản").carrier == Carrier.FARMERS


def test_the_list_is_searched_without_marks_and_cut_by_field(client, desk):
    catalogue.sync_initiatives()
    names = [one.name for one in client.get("/registry/initiatives/?q=kenh+an+ninh").context["page"]]
    assert names == []
    names = [one.name for one in client.get("/registry/initiatives/?q=keng+an+ninh").context["page"]]
    assert names == ["Tiếng kẻng an ninh"]
    fire = client.get("/registry/initiatives/?field=fire").context["page"]
    assert {one.field for one in fire} == {"fire"}


def test_sites_are_counted_in_my_territory_only(client, desk):
    kind = InitiativeFactory(name="Tiếng kẻng an ninh")
    SiteFactory(initiative=kind, area=commune())
    SiteFactory(initiative=kind, area=commune(parent=province("12", "Lai Châu")))
    [shown] = client.get("/registry/initiatives/?q=tieng").context["page"]
    assert shown.site_count == 1


@pytest.mark.parametrize(
    "name", ["Tiếng kẻng an toàn", "tieng keng an ninh", "Kẻng an ninh", "Tiếng kẻng an ninh thôn"]
)
def test_look_alikes_are_offered_before_a_new_one_is_made(client, desk, name):
    catalogue.sync_initiatives()
    answers = {"name": name, "aliases": "", "field": "watch", "carrier": "residents", "area": province().pk}
    page = client.post("/registry/initiatives/new/", answers)
    assert page.status_code == 422
    assert "Tiếng kẻng an ninh" in [one.name for one in page.context["alike"]]
    assert not Initiative.objects.filter(area=province()).exists()
    assert client.post("/registry/initiatives/new/", {**answers, "looked": "on"}).status_code == 302
    assert Initiative.objects.filter(area=province()).exists()


def test_a_name_like_no_other_is_made_at_once(client, desk):
    catalogue.sync_initiatives()
    answers = {"name": "Thuyền thúng xanh", "field": "work", "carrier": "farmers", "area": province().pk}
    assert client.post("/registry/initiatives/new/", answers).status_code == 302


def test_an_officer_of_a_commune_adds_no_type(client):
    who = user(Role.COMMUNE_OFFICER)
    client.force_login(who, backend="luytre.accounts.backends.SignInBackend")
    assert client.get("/registry/initiatives/").status_code == 200
    assert client.get("/registry/initiatives/new/").status_code == 403


def test_a_merged_type_gives_its_sites_and_its_names(client, desk):
    goes, stays = own_type("Mõ bản bình yên", aliases="Mõ bản"), own_type("Tiếng kẻng an ninh")
    site = SiteFactory(initiative=goes, area=commune())
    answers = {"into": stays.pk, "on": "2026-11-01", "reason": "Cùng một loại, hai tên"}
    assert client.post(f"/registry/initiatives/{goes.pk}/merging/", answers).status_code == 302
    stays.refresh_from_db()
    assert Site.objects.get(pk=site.pk).initiative == stays
    assert stays.other_names == ["Mõ bản bình yên", "Mõ bản"]
    assert list(Initiative.objects.standing().matching("mo ban")) == [stays]
    merging = InitiativeMerging.objects.get()
    assert (merging.before, merging.into, merging.by) == (goes, stays, desk)
    assert "Mõ bản bình yên" in client.get(f"/registry/initiatives/{stays.pk}/").content.decode()
    assert site.initiative_id != Site.objects.matching("tieng keng").get().pk


def test_the_list_of_the_program_does_not_undo_a_merging(desk):
    catalogue.sync_initiatives()
    stays = Initiative.objects.get(name="Tiếng kẻng an ninh")
    own_type("Mõ bản bình yên").merge_into(stays, by=desk, on=TODAY, reason="Cùng loại", scope=scope(province()))
    assert catalogue.sync_initiatives() == 0
    stays.refresh_from_db()
    assert "Mõ bản bình yên" in stays.other_names


def test_who_may_not_merge(desk):
    here, national = own_type("Mõ bản bình yên"), InitiativeFactory(name="Tiếng kẻng an ninh")
    told = {"by": desk, "on": TODAY, "reason": "Cùng loại"}
    with pytest.raises(NotOneOfOurs):
        national.merge_into(here, scope=scope(province()), **told)
    with pytest.raises(MergesIntoItself):
        here.merge_into(here, scope=scope(province()), **told)
    SiteFactory(initiative=here, area=commune(parent=province("12", "Lai Châu")))
    with pytest.raises(CarriedElsewhere):
        here.merge_into(national, scope=scope(province()), **told)
    here.merge_into(national, scope=scope(nation()), **told)
    with pytest.raises(AlreadyMerged):
        Initiative.objects.get(pk=here.pk).merge_into(national, scope=scope(nation()), **told)


def test_a_province_rates_on_its_own_scale_and_the_rest_on_the_nations(desk):
    nation()
    assert catalogue.sync_scale() == 3
    assert catalogue.sync_scale() == 0
    here, there = SiteFactory(area=commune()), SiteFactory(area=commune(parent=province("12", "Lai Châu")))
    good = ScaleGrade(area=province(), vi_name="Tốt", counts_as="effective").add(by=desk)
    weak = ScaleGrade(area=province(), vi_name="Yếu", counts_as="ineffective", position=2).add(by=desk)
    assert list(ScaleGrade.objects.for_place(here.area, on=TODAY)) == [good, weak]
    assert [one.counts_as for one in ScaleGrade.objects.for_place(there.area, on=TODAY)] == Rating.Grade.values
    rating = here.rate(by=desk, on=TODAY, mark=weak)
    weak.end(by=desk, on=TODAY)
    assert (rating.grade, rating.words) == ("ineffective", "Yếu")
    assert list(ScaleGrade.objects.for_place(here.area, on=TODAY)) == [good]
