import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from luytre import ui
from luytre.ui import gallery
from luytre.ui.components import Column, Step

HOUSE = Path(ui.__file__).parent


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def rendered(source, **context):
    request = RequestFactory().get("/list/", {"q": "tre", "page": "2"})
    return engines["django"].from_string("{% load ui %}" + source).render(context, request)


class SessionForm(forms.Form):
    topic = forms.CharField(label="Topic", help_text="In a few words")
    place = forms.ChoiceField(label="Place", choices=[("a", "Hall"), ("b", "School")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def test_the_error_summary_links_to_inputs_that_are_there():
    html = str(SessionForm({"topic": "", "place": "c"}))
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_topic", "id_place_0"]
    assert all(f'id="{target}"' in html for target in targets)


def test_an_input_is_described_by_its_help_and_its_error():
    html = str(SessionForm({"topic": ""}))
    described = re.search(r'<input type="text" name="topic"[^>]*aria-describedby="([^"]+)"', html).group(1).split()
    assert described == ["id_topic_helptext", "id_topic_error"]
    assert all(f'id="{one}"' in html for one in described)


def test_a_group_of_choices_has_a_legend_and_is_described_by_its_error():
    html = str(SessionForm({"topic": "x", "place": "c"}))
    assert 'aria-describedby="id_place_error"' in html
    assert "<legend>Place</legend>" in html


def test_only_what_may_be_left_out_says_so():
    html = str(SessionForm())
    assert html.count("(optional)") == 1


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in str(SessionForm())


def test_pages_of_a_list_keep_the_search():
    html = rendered("{% pagination page %}", page=Paginator(range(100), 10).get_page(2))
    assert 'href="?q=tre&amp;page=3"' in html
    assert "11 to 20 of 100 rows" in html


def test_a_table_tells_each_cell_its_column_for_narrow_screens():
    columns = [Column("Topic"), Column("People", number=True)]
    html = rendered("{% table columns rows %}", columns=columns, rows=[["Fire", 120]])
    assert '<th scope="row">Fire</th>' in html
    assert '<td data-label="People" class="number">120</td>' in html


def test_a_row_that_does_not_fit_its_columns_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        rendered("{% table columns rows %}", columns=[Column("Topic")], rows=[["Fire", 120]])


def test_a_stem_says_in_words_what_its_segments_show():
    html = rendered(
        "{% stem steps %}", steps=[Step("Register", "done"), Step("Assess", "next"), Step("Decide", "later")]
    )
    assert re.findall(r'class="state">(\w+)', html) == ["done", "next", "later"]
    assert html.count('aria-current="step"') == 1


@pytest.mark.parametrize(
    ("months", "state", "words"),
    [
        (0, "fresh", "Active within the last month"),
        (1, "fresh", "1 month since the last activity"),
        (3, "fading", "3 months since the last activity"),
        (6, "dry", "6 months since the last activity"),
        (None, "none", "No activity recorded yet"),
    ],
)
def test_a_leaf_dries_as_months_pass_and_says_how_many(months, state, words):
    html = rendered("{% leaf months %}", months=months)
    assert f'class="leaf {state}"' in html
    assert words in html


def test_words_handed_to_a_component_are_escaped():
    html = rendered("{% card title %}{{ title }}{% endcard %}{% tag title %}{% empty title %}", title="<b>x</b>")
    assert "<b>" not in html


def test_the_gallery_shows_every_component_without_an_undefined_word():
    request = RequestFactory().get("/ui/")
    html = render_to_string("ui/gallery.html", gallery.everything("2"), request=request)
    assert "UNDEFINED" not in html.split("<main")[1]
    tags = set(re.findall(r"^def (\w+)\(", (HOUSE / "templatetags" / "ui.py").read_text(encoding="utf-8"), re.M))
    shown = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "templates/ui").glob("*.html"))
    others = {"problems", "first_input", "sheet"}  # a sheet is what a register adds to its own records
    assert [tag for tag in tags - others if not re.search(rf"{{% {tag}\b", shown)] == []


def test_no_template_or_script_of_the_kit_needs_inline_style_or_script():
    for path in (HOUSE / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", text), path
    assert not re.search(r"\beval\(|innerHTML|new Function", (HOUSE / "static/ui/app.js").read_text(encoding="utf-8"))


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes():
    css = (HOUSE / "static/ui/luytre.css").read_text(encoding="utf-8")
    blocks = re.findall(r':root(?:\[data-theme="dark"\]|:not\(\[data-theme="light"\]\))? \{(.*?)\}', css, re.S)[:3]
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block)) for block in blocks]


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark by choice", "dark by device"])
def test_words_stand_out_from_their_ground(theme):
    for ink in ("ink", "muted", "bamboo", "son", "ochre", "sky"):
        for ground in ("paper", "card", "leaf"):
            assert contrast(theme[ink], theme[ground]) >= 4.9, (ink, ground)
    assert contrast(theme["on-bamboo"], theme["bamboo"]) >= 5
    assert contrast(theme["input-line"], theme["card"]) >= 3


def test_the_dark_theme_is_the_same_by_choice_and_by_device():
    _light, by_choice, by_device = themes()
    assert by_choice == by_device
