"""The official list as it ships: counts, the reform of 2025, search and order."""

import csv
import time
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Count

from luytre.areas import loading
from luytre.areas.models import KIND_VI, Area, Kind, Level, Standing, Succession, valid_on
from luytre.common.text import fold, sort_key
from tests.loaded import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

LAST_OLD, FIRST_NEW = date(2025, 6, 30), date(2025, 7, 1)


def count(level: str, day: date, under: str = "0.") -> int:
    return Area.objects.filter(level=level, path__startswith=under).on(day).count()


def test_the_nation_of_today_has_34_provinces_and_3321_communes():
    assert count(Level.PROVINCE, TODAY) == 34
    assert count(Level.COMMUNE, TODAY) == 3321
    assert count(Level.DISTRICT, TODAY) == 0


def test_the_nation_before_the_reform_had_63_provinces_districts_and_some_10000_communes():
    assert count(Level.PROVINCE, LAST_OLD) == 63
    assert count(Level.DISTRICT, LAST_OLD) == 696
    assert count(Level.COMMUNE, LAST_OLD) == 10_035


@pytest.mark.parametrize(
    ("day", "province", "communes"),
    [(LAST_OLD, "11", 129), (FIRST_NEW, "11", 45), (LAST_OLD, "79", 273), (FIRST_NEW, "79", 168), (TODAY, "75", 95)],
)
def test_a_province_has_its_communes_of_the_day(day, province, communes):
    assert count(Level.COMMUNE, day, f"0.{province}.") == communes


def test_every_place_has_one_standing_on_every_day_of_its_time_and_never_two():
    for day in (date(2015, 1, 1), LAST_OLD, FIRST_NEW, TODAY):
        standings = Standing.objects.filter(valid_on(day))
        assert not standings.values("area").annotate(many=Count("pk")).filter(many__gt=1).exists()
        unplaced = Area.objects.on(day).exclude(pk__in=standings.values("area"))
        assert not unplaced.exists()


def test_every_former_place_stands_somewhere_today():
    ended = Area.objects.filter(valid_to__lte=TODAY)
    assert not ended.exclude(pk__in=Standing.objects.filter(valid_on(TODAY)).values("area")).exists()


def test_every_place_lies_in_one_that_stood_on_its_first_day():
    for area in Area.objects.exclude(parent=None).select_related("parent"):
        assert area.parent is not None
        assert area.parent.stands_on(area.valid_from)
        assert area.path == f"{area.parent.path}{area.code}."


def test_the_database_refuses_a_code_twice_on_a_day():
    known = Area.objects.find("03325", on=TODAY, level=Level.COMMUNE)
    twin = Area(code="03325", level=known.level, kind=known.kind, name="Khác", parent=known.parent, valid_from=TODAY)
    with pytest.raises(IntegrityError, match="area_code_once_a_day"), transaction.atomic():
        twin.save()


def test_binh_phuoc_is_found_until_its_last_day():
    assert Area.objects.find("70", on=LAST_OLD, level=Level.PROVINCE).name == "Bình Phước"
    with pytest.raises(Area.DoesNotExist):
        Area.objects.find("70", on=FIRST_NEW, level=Level.PROVINCE)


def test_what_was_recorded_in_binh_phuoc_stands_in_dong_nai():
    province = Area.objects.find("70", on=LAST_OLD, level=Level.PROVINCE)
    commune = Area.objects.filter(level=Level.COMMUNE).on(LAST_OLD).under(province).first()
    for former in (province, commune):
        standing = Standing.objects.get(valid_on(TODAY), area=former)
        assert standing.path.startswith("0.75.")


def test_a_province_that_became_a_city_keeps_its_communes():
    city = Area.objects.find("75", on=TODAY, level=Level.PROVINCE)
    assert city.kind == Kind.MUNICIPALITY
    assert city.children_on(TODAY).count() == 95
    ward = city.children_on(TODAY).first()
    assert [area.kind for area in ward.ancestors_on(TODAY)] == [Kind.NATION, Kind.MUNICIPALITY]


def test_a_divided_commune_stands_as_an_estimate_in_its_main_successor():
    divided = Succession.objects.filter(is_main=False, before__level=Level.COMMUNE).values("before")
    standings = Standing.objects.filter(valid_on(TODAY), area__in=divided)
    assert standings.count() == divided.distinct().count()
    assert not standings.filter(is_estimate=False).exists()
    assert not Standing.objects.filter(is_estimate=True).exclude(area__in=divided).exists()


@pytest.mark.parametrize("typed", ["muong phang", "Mường Phăng", "PHANG muong", "xa muong phang", "mường phăng"])
def test_search_needs_no_tone_marks(typed):
    assert "03325" in Area.objects.on(TODAY).matching(typed).values_list("code", flat=True)


def test_search_finds_a_place_by_its_code():
    assert [area.name for area in Area.objects.on(TODAY).matching("03325")] == ["Mường Phăng"]


def test_places_come_in_the_order_of_a_vietnamese_dictionary():
    names = Area.objects.filter(level=Level.PROVINCE).on(TODAY).sorted().values_list("name", flat=True)
    expected = (
        "An Giang|Bắc Ninh|Cà Mau|Cao Bằng|Cần Thơ|Đà Nẵng|Đắk Lắk|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Nội|Hà Tĩnh"
        "|Hải Phòng|Hồ Chí Minh|Huế|Hưng Yên|Khánh Hòa|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Nghệ An|Ninh Bình|Phú Thọ"
        "|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sơn La|Tây Ninh|Thái Nguyên|Thanh Hóa|Tuyên Quang|Vĩnh Long"
    )
    assert "|".join(names) == expected


def test_hard_words_come_in_the_order_that_icu_gives_them():
    expected = [
        *("An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bằng", "Ca", "Cha", "Chà", "Da", "Dinh", "Đa", "Đà"),
        *(
            "Đắk Lắk",
            "Đăk Nông",
            "Điện",
            "Điện Biên",
            "Điện Biên Đông",
            "Điện Biên Phủ",
            "E",
            "Ê",
            "Gia",
            "Giang",
            "Ích",
        ),
        *("Le", "Lê", "Mương", "Mường", "Mường Ảng", "Mường Chà", "Mường Phăng", "Na", "Nà", "Nam", "Nậm", "Nậm Pồ"),
        *(
            "Ngã",
            "Nghĩa",
            "Nhà",
            "O",
            "Oc",
            "Óc",
            "Ô",
            "Ốc",
            "Ơ",
            "Phong",
            "Phú",
            "Quan",
            "Quận",
            "Tân",
            "Tham",
            "Thanh",
        ),
        *("Trà", "Trì", "Tủa", "Tủa Chùa", "Tuân", "Tuần", "Tuần Giáo", "U", "Ư", "Ứng", "Ỷ", "Ý", "Yên"),
    ]
    assert sorted(set(expected), key=sort_key) == expected


def test_kinds_of_today_are_the_official_ones():
    kinds = Counter(Area.objects.filter(level=Level.COMMUNE).on(FIRST_NEW).values_list("kind", flat=True))
    assert kinds[Kind.SPECIAL_ZONE] == 13
    assert set(kinds) == {Kind.WARD, Kind.RURAL_COMMUNE, Kind.SPECIAL_ZONE}
    assert kinds.total() == 3321


def test_the_list_of_kinds_says_what_the_program_says():
    with (loading.DATA / "kinds.csv").open(encoding="utf-8", newline="") as lines:
        listed = {row["kind"]: row for row in csv.DictReader(lines)}
    for code, row in listed.items():
        assert code in Kind.values
        if code != Kind.NATION:
            assert KIND_VI[code] == row["vi_lower"]


def test_every_derived_column_is_filled():
    empty = Area.objects.filter(path="") | Area.objects.filter(folded="") | Area.objects.filter(sort_key="")
    assert not empty.exists()
    assert all(area.folded.endswith(fold(area.name)) for area in Area.objects.all()[:500])


def test_a_second_run_changes_nothing_and_is_quick(capsys):
    before, start = Area.objects.count(), time.perf_counter()
    call_command("load_territory")
    assert time.perf_counter() - start < 4
    assert Area.objects.count() == before


def test_a_place_that_differs_from_the_file_is_refused():
    Area.objects.filter(code="03325").on(TODAY).update(name="Mường Khác")
    with pytest.raises(CommandError, match="03325"):
        call_command("load_territory")


def test_a_place_that_ended_since_is_ended_and_its_successor_added(tmp_path):
    areas, successions = (loading.DATA / name for name in ("areas.csv", "successions.csv"))
    here = "03325,commune,rural_commune,Mường Phăng,11,province,2025-07-01,"
    then = "2026-12-01,,,\n03325,commune,ward,Mường Phăng,11,province,2026-12-01,,,,"
    (tmp_path / areas.name).write_text(areas.read_text("utf-8").replace(f"{here},", f"{here}{then}"), "utf-8")
    became = "03325,commune,2026-12-01,03325,commune,2026-12-01,1,1,\n"
    (tmp_path / successions.name).write_text(successions.read_text("utf-8") + became, "utf-8")
    assert loading.load(folder=tmp_path) == loading.Loaded(areas=1, closed=1, successions=1)
    assert Area.objects.find("03325", on=date(2026, 12, 1), level=Level.COMMUNE).kind == Kind.WARD
    assert Area.objects.find("03325", on=TODAY, level=Level.COMMUNE).kind == Kind.RURAL_COMMUNE
