"""What the page of components shows: plain cases, the tallest marks, long words, nothing at all, and errors."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from luytre.common.numbers import Qualifier, Quantity
from luytre.ui import charts, icons, maps
from luytre.ui.charts import Break, Chart, Part, Series
from luytre.ui.components import Column, Happening, Step, Tab
from luytre.ui.maps import Point

MARKS = "ẲẰẪ Ậ Ộ Ợ Ự ỵ ẵ"
LONG = "NghĩavụtráchnhiệmcủamỗicôngdântrongphongtràotoàndânbảovệanninhTổquốc"
MONTHS = [f"T{month}" for month in range(1, 13)]


class SampleForm(forms.Form):
    topic = forms.CharField(label=_("Topic"), help_text=_("What the session was about, in a few words."))
    place = forms.ChoiceField(
        label=_("Where it was held"), choices=[("hall", "Nhà văn hóa thôn"), ("school", "Trường học"), ("", LONG)],
        widget=forms.RadioSelect, help_text=_("Choose one."),
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=_("Who came"), choices=[("all", "Bà con trong thôn"), ("young", "Thanh niên")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many people came"), min_value=0)
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("Form of the session"), choices=[("talk", "Nói chuyện"), ("stage", "Sân khấu hóa")]
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = forms.FileField(label=_("Attached paper"), required=False, help_text=_("Word, PDF or Excel, up to 10 MB."))
    is_mobile = forms.BooleanField(label=_("Held with a loudspeaker car"), required=False)


class SampleFilter(forms.Form):
    search = forms.CharField(label=_("Words in the name"), required=False)
    kind = forms.ChoiceField(
        label=_("Form of the session"), choices=[("", "Tất cả"), ("talk", "Nói chuyện")], required=False
    )
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}), required=False)


def everything(page: str) -> dict[str, Any]:
    wrong = SampleForm({"topic": "", "people": "-3", "held_on": "32/13/2022", "kind": "song"}, prefix="wrong")
    return {
        "marks": MARKS, "long": LONG, "icons": sorted(icons.STROKES),
        "sample_form": SampleForm(prefix="fine"), "wrong_form": wrong, "filter_form": SampleFilter(),
        "crumbs": [("Điện Biên", "#"), ("Mường Phăng", "#"), ("Sổ tuyên truyền", "")],
        "tab_list": [Tab("Tổng quan", "#", True), Tab("Buổi tuyên truyền", "#", count=214), Tab(MARKS, "#")],
        "pairs": [("Địa bàn", "Mường Phăng"), ("Chủ đề", MARKS), ("Người ghi", LONG)],
        "steps": stem_steps(), "happenings": happenings(), "leaves": [0, 1, 4, 9, None],
        "page_of_rows": Paginator(range(1, 431), 25).get_page(page),
        **table(), **drawings(),
    }  # fmt: skip


def stem_steps() -> list[Step]:
    return [
        Step("Đăng ký", "done", "15/01/2022"),
        Step("Tự chấm điểm", "done", "02/11/2022"),
        Step(f"Thẩm định {MARKS}", "next", "hạn 30/11/2022"),
        Step("Công nhận", "later"),
    ]


def happenings() -> list[Happening]:
    zone = get_current_timezone()
    return [
        Happening(datetime(2022, 8, 21, 14, 5, tzinfo=zone), "Sửa số người dự", "Lò Thị Ẳm"),
        Happening(datetime(2022, 8, 20, 9, 30, tzinfo=zone), f"Ghi buổi tuyên truyền {MARKS}", "Quàng Văn Ợt"),
    ]


def table() -> dict[str, Any]:
    return {
        "table_columns": [
            Column(_("Topic"), url="?sort=topic", sorted="ascending"), Column(_("Where it was held")),
            Column(_("How many people came"), number=True),
        ],
        "table_rows": [
            ["Phòng cháy mùa khô", "Nhà văn hóa bản Che Căn", Quantity(120)],
            [MARKS, LONG, Quantity(1600, Qualifier.NEARLY)],
            ["Giao thông", "Trường THCS Mường Phăng", Quantity(312)],
        ],
        "table_total": [_("Total"), "", Quantity(2032, Qualifier.NEARLY)],
    }  # fmt: skip


def drawings() -> dict[str, Chart]:
    return {
        "trend_chart": trend_chart(),
        "bar_chart": bar_chart(),
        "nation_map": nation_map(),
        "province_map": province_map(),
    }


def trend_chart() -> Chart:
    now = [180, 210, 195, 240, 260, 0, None, None, 310, 290, 330, 351]
    return charts.trend(
        title="Buổi tuyên truyền theo tháng", unit="buổi", periods=MONTHS,
        sentence="Từ tháng 9 mỗi tháng có khoảng 300 buổi, hơn cùng kỳ năm trước một phần ba.",
        now=Series("Năm nay", now), before=Series("Năm trước", [150 + 9 * step for step in range(12)]),
        breaks=[Break(8, "Sáp nhập 01/7")], download_url="#",
    )  # fmt: skip


def bar_chart() -> Chart:
    return charts.bars(
        title="Buổi tuyên truyền theo xã", unit="buổi", what="Xã",
        sentence="Mường Phăng ghi nhiều buổi nhất; hai xã chưa có số để nêu.",
        parts=[
            Part("Mường Phăng", 214, url="#"), Part(f"Xã {MARKS}", Quantity(160, Qualifier.NEARLY), url="#"),
            Part("Tổ đại biểu khu vực liên xã vùng lòng hồ sông Đà", 41), Part("Nà Tấu", None),
            Part("Thanh Nưa", 3, suppressed=True),
        ],
    )  # fmt: skip


def nation_map() -> Chart:
    parts = [
        Part(f"Tỉnh {code}", (place * 37) % 211 + 5, url=f"#{code}", code=code)
        for place, code in enumerate(maps.outlines()["provinces"])
    ]
    parts[4:6] = [Part("Tỉnh chưa gửi", None, code=parts[4].code), Part("Tỉnh ít", 2, "", True, parts[5].code)]
    return maps.provinces(
        title="Buổi tuyên truyền theo tỉnh", sentence="Số liệu ví dụ, không phải số thật.", parts=parts, unit="buổi"
    )


def province_map() -> Chart:
    places = [
        (21.39, 103.02),
        (21.45, 103.12),
        (21.75, 103.3),
        (22.1, 102.4),
        (21.2, 103.1),
        (21.6, 103.4),
        (21.9, 103.1),
    ]
    parts = [
        Point(f"Xã số {place}", place * place * 9 or None, "#", latitude=north, longitude=east)
        for place, (north, east) in enumerate(places)
    ]
    return maps.points(
        title="Buổi tuyên truyền theo xã, trên bản đồ", sentence="Số liệu ví dụ, không phải số thật.",
        parts=parts, unit="buổi", province="11",
    )  # fmt: skip
