import re
from xml.etree import ElementTree

from django.utils import translation

from luytre.common.numbers import Qualifier, Quantity
from luytre.ui import charts
from luytre.ui.charts import Break, Part, Series
from luytre.ui.drawing import Chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    named = str(chart.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(named)  # noqa: S314


def a_trend(values, **more):
    periods = [f"T{number + 1}" for number in range(len(values))]
    return charts.trend(title="Buổi", sentence="Câu.", periods=periods, now=Series("Năm nay", values), **more)


def some_bars(*parts):
    return charts.bars(title="Buổi", sentence="Câu.", parts=parts)


def test_a_line_stops_at_a_gap_and_begins_again_after_it():
    chart = a_trend([1, 2, None, 4, 5])
    assert len(drawn(chart).findall(f".//{SVG}polyline")) == 2


def test_a_line_is_not_drawn_across_a_change_of_territory():
    chart = a_trend([1, 2, 3, 4], breaks=[Break(2, "Sáp nhập")])
    assert len(drawn(chart).findall(f".//{SVG}polyline")) == 2
    assert "Sáp nhập" in chart.svg


def test_a_line_on_one_territory_runs_across_a_change():
    chart = charts.trend(
        title="Buổi", sentence="Câu.", periods=["1", "2", "3"], now=Series("a", [1, 2, 3], crosses=True),
        before=Series("b", [1, 2, 3]), breaks=[Break(2, "Sáp nhập")],
    )  # fmt: skip
    drawn_lines = [line.get("class") for line in drawn(chart).findall(f".//{SVG}polyline")]
    assert sorted(drawn_lines) == ["before", "before", "now"]


def test_a_mere_mark_cuts_no_line_and_has_its_own_sign():
    with translation.override("en"):
        chart = a_trend([1, 2, 3], breaks=[Break(1, "Luật mới", cuts=False)])
    assert len(drawn(chart).findall(f".//{SVG}polyline")) == 1
    assert [sign.words for sign in chart.legend][1:] == ["the name, the records or what is counted changed"]


def test_a_missing_period_is_hatched_and_told_in_words():
    with translation.override("en"):
        chart = a_trend([1, None, 3])
    assert f"url(#{chart.id}-missing)" in chart.svg
    assert chart.rows[1][1] == "no figure"
    assert "no figure" in [sign.words for sign in chart.legend]


def test_a_chart_of_nothing_but_gaps_can_be_drawn():
    assert drawn(a_trend([None, None])).findall(f".//{SVG}polyline") == []
    assert drawn(a_trend([])) is not None


def test_zero_is_a_figure_and_no_gap():
    chart = a_trend([0, 0])
    assert "missing)" not in chart.svg.split("</defs>")[1]
    assert chart.rows[0][1] == "0"


def test_the_longest_bar_fills_the_width_and_the_others_are_in_proportion():
    widths = [
        bar.get("width")
        for bar in drawn(some_bars(Part("A", 50), Part("B", 200))).iter(f"{SVG}rect")
        if bar.get("class") == "bar"
    ]
    assert widths == ["25.00%", "100.00%"]


def test_a_suppressed_figure_is_nowhere_in_the_chart():
    chart = some_bars(Part("Xã lớn", 50), Part("Xã nhỏ", 7391, suppressed=True))
    told = str(chart.svg) + str(chart.rows) + str(chart.legend)
    assert not re.search(r"7\D?391", told)
    assert f"url(#{chart.id}-suppressed)" in chart.svg


def test_an_approximate_figure_never_looks_exact():
    with translation.override("en"):
        chart = some_bars(Part("A", Quantity(1600, Qualifier.NEARLY)))
    assert chart.rows[0][1] == "nearly 1,600"
    assert "nearly 1,600" in chart.svg


def test_names_are_escaped_and_no_style_or_script_is_in_a_chart():
    chart = some_bars(Part("<script>alert(1)</script> & co", 5, url="/x?a=1&b=2"))
    assert "<script" not in chart.svg
    assert not re.search(r"\sstyle=|\son\w+=", str(chart.svg))
    assert drawn(chart) is not None


def test_a_chart_with_links_is_a_group_and_without_them_one_picture():
    assert drawn(some_bars(Part("A", 1, url="#"))).get("role") == "group"
    assert drawn(some_bars(Part("A", 1))).get("role") == "img"


def test_a_chart_says_its_name_and_its_sentence_to_those_who_do_not_see_it():
    svg = drawn(some_bars(Part("A", 1)))
    said = {element.get("id"): element.text for element in svg.iter()}
    assert said[svg.get("aria-labelledby")] == "Buổi"
    assert said[svg.get("aria-describedby")] == "Câu."


def test_the_scale_goes_in_round_steps():
    assert [charts.round_step(top) for top in (0, 0.4, 1, 3, 40, 351, 138583)] == [1, 0.1, 1, 1, 10, 100, 50000]
