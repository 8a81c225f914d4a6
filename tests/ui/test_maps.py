import re

import pytest
from django.utils import translation

from luytre.ui import maps
from luytre.ui.maps import Part, Point

CODES = list(maps.outlines()["provinces"])


def nation(parts, **more):
    return maps.provinces(title="Bản đồ", sentence="Câu.", parts=parts, **more)


def some(values):
    return [Part(f"Tỉnh {code}", value, code=code) for code, value in zip(CODES, values, strict=False)]


@pytest.mark.parametrize("count", [0, 3, 34])
def test_every_map_of_the_nation_shows_34_provinces_and_both_archipelagos(count):
    chart = nation(some(range(count)))
    assert chart.svg.count('class="area') == 34
    assert "Quần đảo Hoàng Sa (Đà Nẵng)" in chart.svg
    assert "Quần đảo Trường Sa (Khánh Hòa)" in chart.svg


def test_an_archipelago_has_the_shade_of_its_province():
    chart = nation([Part("Đà Nẵng", 9, code="48"), Part("Khánh Hòa", None, code="56")])
    islands = re.findall(r'class="island([^"]*)"( fill="[^"]*")?', chart.svg)
    assert {css for css, fill in islands if css} == {" seq-5"}
    assert any("-missing" in fill for css, fill in islands)


def test_the_legend_tells_the_breaks_and_how_many_provinces_each_shade_has():
    with translation.override("en"):
        chart = nation(some(range(1, 35)))
    words = [sign.words for sign in chart.legend]
    assert words[0] == "1 – 7 (7 provinces)"
    assert sum(int(re.search(r"\((\d+)", line).group(1)) for line in words) == 34


def test_equal_values_share_a_shade():
    rule = maps.shading([5] * 20 + [1, 2, 3])
    assert len({rule.shade(5) for _ in range(3)}) == 1
    assert rule.shade(1) < rule.shade(5)


def test_equal_steps_cut_the_span_evenly():
    rule = maps.shading([0, 1, 2, 100], equal_steps=True)
    assert list(rule.limits) == [20, 40, 60, 80, 100]
    assert [rule.shade(value) for value in (0, 20, 21, 100)] == [1, 1, 2, 5]


def test_missing_and_suppressed_are_hatched_differently_and_the_suppressed_value_is_not_told():
    chart = nation([Part("A", None, code=CODES[0]), Part("B", 7391, "", True, CODES[1]), Part("C", 4, code=CODES[2])])
    assert f"url(#{chart.id}-missing)" in chart.svg
    assert f"url(#{chart.id}-suppressed)" in chart.svg
    assert not re.search(r"7\D?391", str(chart.svg) + str(chart.rows) + str(chart.legend))


def test_a_province_links_to_its_page_and_says_its_figure():
    chart = nation([Part("Điện Biên", 2135, "/areas/11/", code="11")], unit="buổi")
    assert '<a href="/areas/11/" aria-label="Điện Biên: 2.135 buổi">' in chart.svg


def a_point(value, north, east, **more):
    return Point(f"Xã {value}", value, latitude=north, longitude=east, **more)


def test_the_area_of_a_circle_is_in_proportion_to_the_figure():
    chart = maps.points(title="Xã", sentence="Câu.", parts=[a_point(400, 21.0, 103.0), a_point(100, 21.5, 103.2)])
    radii = [float(radius) for radius in re.findall(r'class="dot" c[^>]* r="([\d.]+)"><title>', chart.svg)]
    assert radii[0] == pytest.approx(2 * radii[1])


def test_a_far_archipelago_does_not_shrink_its_province_and_is_shown_in_a_box():
    near = [a_point(4, 16.0, 108.0), a_point(9, 16.1, 108.2)]
    alone = maps.points(title="Xã", sentence="Câu.", parts=near, province="48")
    together = maps.points(title="Xã", sentence="Câu.", parts=[*near, a_point(1, 16.5, 112.0)], province="48")
    assert re.findall(r'cx="([\d.]+)"', alone.svg)[:2] == re.findall(r'cx="([\d.]+)"', together.svg)[:2]
    assert '<rect class="inset"' in together.svg


def test_every_commune_lies_within_the_drawing():
    chart = maps.points(
        title="Xã", sentence="Câu.", parts=[a_point(4, 21.2, 102.2), a_point(9, 22.4, 103.5)], province="11"
    )
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart.svg).groups())
    for x, y in re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)"', chart.svg):
        assert 0 <= float(x) <= width
        assert 0 <= float(y) <= height


def test_a_province_without_communes_can_be_drawn():
    assert "<svg" in maps.points(title="Xã", sentence="Câu.", parts=[]).svg
