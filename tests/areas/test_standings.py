"""Where records of a place stand at other times: followed forwards, backwards, and through divided places."""

from datetime import date
from decimal import Decimal

import pytest

from luytre.areas import standings
from luytre.areas.models import Area, Level, Standing, Succession, valid_on
from tests.factories import AreaFactory, nation

pytestmark = pytest.mark.django_db

START, FIRST, SECOND = date(2015, 1, 1), date(2025, 7, 1), date(2026, 9, 1)
EARLY, MIDDLE, LATE = date(2020, 5, 5), date(2025, 12, 1), date(2026, 10, 1)


def place(code: str, *, under: Area, since: date = START, until: date | None = None, **fields: str) -> Area:
    return AreaFactory(code=code, parent=under, valid_from=since, valid_to=until, **fields)


def became(before: Area, after: Area, *, on: date = FIRST, main: bool = True, share: str | None = None) -> None:
    Succession.objects.create(before=before, after=after, on=on, is_main=main, share=share)


def divided(area: Area, day: date) -> dict[str, tuple[Decimal, bool, bool]]:
    standings.rebuild()
    rows = Standing.objects.filter(valid_on(day), area=area)
    return {one.path: (one.share, one.is_main, one.is_estimate) for one in rows}


def stands(area: Area, day: date) -> tuple[str, bool] | None:
    standings.rebuild()
    return Standing.objects.filter(valid_on(day), area=area).values_list("path", "is_estimate").first()


@pytest.fixture
def province(db: None) -> Area:
    return place("11", under=nation(), level=Level.PROVINCE)


def test_a_place_without_history_stands_where_it_is(province):
    commune = place("01", under=province)
    assert stands(commune, EARLY) == ("0.11.01.", False)


def test_a_merged_place_stands_in_its_successor_from_the_day_of_the_merger(province):
    before, after = place("01", under=province, until=FIRST), place("02", under=province, since=FIRST)
    became(before, after)
    assert stands(before, date(2025, 6, 30)) == ("0.11.01.", False)
    assert stands(before, FIRST) == ("0.11.02.", False)


def test_a_chain_of_mergers_is_followed_to_its_end(province):
    first = place("01", under=province, until=FIRST)
    second = place("02", under=province, since=FIRST, until=SECOND)
    third = place("03", under=province, since=SECOND)
    became(first, second)
    became(second, third, on=SECOND)
    assert stands(first, MIDDLE) == ("0.11.02.", False)
    assert stands(first, LATE) == ("0.11.03.", False)


def test_a_divided_place_stands_as_an_estimate_in_its_main_successor_ever_after(province):
    before = place("01", under=province, until=FIRST)
    main = place("02", under=province, since=FIRST, until=SECOND)
    other, last = place("03", under=province, since=FIRST), place("04", under=province, since=SECOND)
    became(before, main)
    became(before, other, main=False)
    became(main, last, on=SECOND)
    assert stands(before, EARLY) == ("0.11.01.", False)
    assert stands(before, MIDDLE) == ("0.11.02.", True)
    assert stands(before, LATE) == ("0.11.04.", True)
    assert stands(main, LATE) == ("0.11.04.", False)


def test_a_new_place_with_one_predecessor_stood_in_it(province):
    before, after = place("01", under=province, until=FIRST), place("02", under=province, since=FIRST)
    became(before, after)
    assert stands(after, EARLY) == ("0.11.01.", False)


def test_a_new_place_of_several_stood_in_the_nearest_place_that_held_them_all(province):
    district = place("101", under=province, until=FIRST, level=Level.DISTRICT)
    one, two = place("01", under=district, until=FIRST), place("02", under=district, until=FIRST)
    after = place("03", under=province, since=FIRST)
    became(one, after)
    became(two, after)
    assert stands(after, EARLY) == ("0.11.101.", False)


def test_a_new_place_from_two_provinces_stood_in_the_nation(province):
    other = place("12", under=nation(), until=FIRST, level=Level.PROVINCE)
    after = place("03", under=province, since=FIRST)
    became(place("01", under=province, until=FIRST), after)
    became(place("02", under=other, until=FIRST), after)
    assert stands(after, EARLY) == ("0.", False)


def test_a_district_stands_in_the_province_that_was_there_all_along(province):
    district = place("101", under=province, until=FIRST, level=Level.DISTRICT)
    became(district, province)
    assert stands(district, EARLY) == ("0.11.101.", False)
    assert stands(district, MIDDLE) == ("0.11.", False)


def test_a_province_that_takes_in_others_keeps_its_own_past(province):
    taken_in = place("12", under=nation(), until=FIRST, level=Level.PROVINCE)
    became(taken_in, province)
    assert stands(province, EARLY) == ("0.11.", False)
    assert stands(taken_in, MIDDLE) == ("0.11.", False)
    assert stands(province, date(2014, 12, 31)) == ("0.", False)
    assert Standing.objects.filter(area=province).count() == 2


def test_what_was_recorded_for_a_place_without_successor_stands_in_the_place_above(province):
    assert stands(place("01", under=province, until=FIRST), MIDDLE) == ("0.11.", False)


def test_it_follows_the_place_above_when_that_is_merged(province):
    first, second = place("01", under=province, until=SECOND), place("02", under=province, since=SECOND)
    ended = place("01-01", under=first, until=FIRST, level=Level.RESIDENTIAL)
    became(first, second, on=SECOND)
    assert stands(ended, MIDDLE) == ("0.11.01.", False)
    assert stands(ended, LATE) == ("0.11.02.", False)


def test_a_place_set_up_new_stood_in_the_place_above_and_in_what_that_was(province):
    first, second = place("01", under=province, until=FIRST), place("02", under=province, since=FIRST)
    became(first, second)
    new = place("02-09", under=second, since=SECOND, level=Level.RESIDENTIAL)
    assert stands(new, EARLY) == ("0.11.01.", False)
    assert stands(new, MIDDLE) == ("0.11.02.", False)
    assert stands(new, LATE) == ("0.11.02.02-09.", False)


def test_rebuilding_twice_gives_the_same(province):
    became(place("01", under=province, until=FIRST), place("02", under=province, since=FIRST))
    first = standings.rebuild()
    kept = set(Standing.objects.values_list("pk", flat=True))
    assert standings.rebuild() == standings.Rebuilt(first.standings)
    assert set(Standing.objects.values_list("pk", flat=True)) == kept


def test_a_place_that_was_cut_from_another_stood_in_it_before(province):
    whole = place("01", under=province, until=FIRST)
    rest, cut = place("01", under=province, since=FIRST), place("02", under=province, since=FIRST)
    became(whole, rest)
    became(whole, cut, main=False)
    assert stands(cut, EARLY) == ("0.11.01.", False)
    assert stands(whole, MIDDLE) == ("0.11.01.", True)


def test_a_place_divided_by_known_shares_stands_in_all_its_heirs_as_an_estimate(province):
    whole = place("01", under=province, until=FIRST)
    became(whole, place("02", under=province, since=FIRST), share="0.6")
    became(whole, place("03", under=province, since=FIRST), main=False, share="0.4")
    assert divided(whole, EARLY) == {"0.11.01.": (1, True, False)}
    assert divided(whole, MIDDLE) == {
        "0.11.02.": (Decimal("0.6"), True, True),
        "0.11.03.": (Decimal("0.4"), False, True),
    }


def test_the_parts_of_a_part_add_up_to_one(province):
    whole = place("01", under=province, until=FIRST)
    first, second = place("02", under=province, since=FIRST, until=SECOND), place("03", under=province, since=FIRST)
    became(whole, first, share="0.3333")
    became(whole, second, main=False, share="0.6667")
    became(first, place("04", under=province, since=SECOND), on=SECOND, share="0.3333")
    became(first, place("05", under=province, since=SECOND), on=SECOND, main=False, share="0.6667")
    late = divided(whole, LATE)
    assert late["0.11.05."] == (Decimal("0.2222"), False, True)
    assert sum(share for share, *rest in late.values()) == 1
    assert [path for path, (_, is_main, _) in late.items() if is_main] == ["0.11.04."]


def test_parts_that_meet_again_are_whole_and_exact(province):
    whole = place("01", under=province, until=FIRST)
    halves = [place(code, under=province, since=FIRST, until=SECOND) for code in ("02", "03")]
    last = place("04", under=province, since=SECOND)
    for half, is_main in zip(halves, (True, False), strict=True):
        became(whole, half, main=is_main, share="0.5")
        became(half, last, on=SECOND)
    assert divided(whole, LATE) == {"0.11.04.": (1, True, False)}


def test_shares_that_do_not_add_up_are_not_used(province):
    whole = place("01", under=province, until=FIRST)
    became(whole, place("02", under=province, since=FIRST), share="0.6")
    became(whole, place("03", under=province, since=FIRST), main=False)
    assert divided(whole, MIDDLE) == {"0.11.02.": (1, True, True)}


# leads


def lead_of(area: Area) -> Area:
    area.refresh_from_db()
    return area.lead or area


def test_residential_areas_are_led_by_their_commune(province):
    commune = place("01", under=province)
    hamlets = [place(f"01-{number}", under=commune, level=Level.RESIDENTIAL, since=FIRST) for number in range(3)]
    standings.rebuild()
    assert {lead_of(hamlet) for hamlet in hamlets} == {commune} == {lead_of(commune)}
    assert set(Standing.objects.filter(is_lead=True).values_list("area", flat=True)) == {
        commune.pk, province.pk, nation().pk,
    }  # fmt: skip


def test_a_residential_area_that_moved_with_part_of_its_commune_leads_itself(province):
    whole = place("01", under=province, until=FIRST)
    rest, cut = place("01", under=province, since=FIRST), place("02", under=province, since=FIRST)
    became(whole, rest)
    became(whole, cut, main=False)
    stays, goes = (place(f"01-{number}", under=whole, until=FIRST, level=Level.RESIDENTIAL) for number in (1, 2))
    stayed, gone = (
        place("01-1", under=rest, since=FIRST, level=Level.RESIDENTIAL),
        place("02-1", under=cut, since=FIRST, level=Level.RESIDENTIAL),
    )
    became(stays, stayed)
    became(goes, gone)
    standings.rebuild()
    assert lead_of(goes) == lead_of(gone) == cut  # the new commune stood in the whole one, as this part of it did
    assert lead_of(stayed) == lead_of(stays) == rest


def test_a_rebuild_tells_which_areas_changed_their_lead(province):
    first, second = place("01", under=province, until=FIRST), place("02", under=province, since=FIRST)
    became(first, second)
    assert standings.rebuild().releads == {second.pk: (second.pk, first.pk)}
    assert standings.rebuild().releads == {}
    Succession.objects.all().delete()
    assert standings.rebuild().releads == {second.pk: (first.pk, second.pk)}
