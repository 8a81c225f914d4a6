from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils.translation import override

from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.common import periods
from luytre.registry.models import GroupKind, Initiative, Site, WatchGroup
from luytre.reporting import indicators, narrative, outline, phrases, rollup
from luytre.reporting.documents.content import BulletList, Heading, Note, OfficialDocument, Paragraph, Table
from luytre.reporting.narrative import NoReportAtThisLevel

TODAY = date(2026, 3, 20)


@pytest.fixture
def write(places, clerk):
    def session(place: str, on: date, attendance: int = 40, **more) -> OutreachSession:
        values = {"place": "Nhà văn hóa", "attendance": attendance, **more}
        return OutreachSession(area=places[place], held_on=on, **values).add(by=clerk)

    return session


def words(document: OfficialDocument) -> str:
    return "\n".join(line for block in document.body for line in lines_of(block))


def lines_of(block) -> list[str]:
    match block:
        case Table():
            return [block.title, *(" | ".join(row) for row in block.lines())]
        case BulletList():
            return [str(item) for item in block.items]
        case Heading() | Paragraph() | Note():
            return [str(block.text)]
    raise AssertionError(block)


def report(place: Area, today: date = TODAY) -> OfficialDocument:
    return narrative.report(place, "2026-03", today=today)


def test_a_sentence_counts_and_compares_as_a_clerk_writes(places, write):
    for day in (20, 21, 22, 23):
        write("n1", date(2026, 2, day), 310)
    for day in (20, 21, 22):
        write("c1", date(2025, 2, day), 100)
    assert (
        "Trong kỳ đã tổ chức 4 buổi tuyên truyền tập trung với 1.240 lượt người tham gia, "
        "tăng 1 buổi (33,3%) so với cùng kỳ năm trước." in words(report(places["n1"]))
    )


@pytest.mark.parametrize(
    ("now", "then", "ending"),
    [
        (1, 3, "giảm 2 buổi (66,7%) so với cùng kỳ năm trước"),
        (2, 2, "bằng cùng kỳ năm trước"),
        (2, 0, "; cùng kỳ năm trước chưa ghi nhận"),
        (0, 2, "chưa ghi nhận buổi tuyên truyền tập trung nào (cùng kỳ năm trước: 2 buổi)"),
    ],
)
def test_fewer_as_many_new_and_gone_are_told_apart(places, write, now, then, ending):
    for _ in range(now):
        write("n1", date(2026, 2, 20))
    for _ in range(then):
        write("c1", date(2025, 2, 20))
    assert ending in words(report(places["n1"]))


def test_an_approximate_count_is_not_compared_as_if_exact(places, write):
    write("n1", date(2026, 2, 20), 900, attendance_qualifier="about")
    write("c1", date(2025, 2, 20), 100)
    now = rollup.read(places["n1"], periods.parse("2026-03"))
    assert phrases.cell(now.change("outreach_attendances")) == "không tính (số ước lượng)"


def test_a_running_month_is_compared_until_the_same_day(places, write):
    write("n1", date(2026, 2, 16))
    write("c1", date(2025, 2, 16))
    write("c1", date(2025, 3, 10))
    shown = words(report(places["n1"], today=date(2026, 2, 18)))
    assert "từ ngày 15/02/2026 đến hết ngày 18/02/2026" in shown
    assert "bằng cùng kỳ năm trước" in shown


def test_stocks_are_told_as_of_the_last_day(places, clerk):
    kind = GroupKind.objects.create(code="mediation_team", vi_name="Tổ hòa giải", en_name="Mediation team")
    initiative = Initiative.objects.create(name="Camera an ninh", field="watch", area=places["nation"])
    WatchGroup(kind=kind, area=places["n1"], name="Tổ 1", founded_on=date(2026, 1, 1)).add(by=clerk)
    Site(initiative=initiative, area=places["s1"], launched_on=date(2026, 1, 1), member_count=9).add(by=clerk)
    shown = words(report(places["n1"]))
    assert "Đến hết ngày 14/03/2026, toàn xã có 1 điểm mô hình đang hoạt động, thuộc 1 loại mô hình" in shown
    assert "có 1/2 khu dân cư có mô hình, đạt 50%" in shown
    assert "Có 1 tổ hòa giải ở cơ sở" in shown


def test_what_is_missing_is_named_as_missing(places, write):
    write("n1", date(2026, 2, 20))
    shown = words(report(places["n11"]))
    assert "Chưa có số liệu trong hệ thống về: công tác lãnh đạo, chỉ đạo;" in shown
    assert "chưa ghi nhận hoạt động: xã N2, phường N3" in shown
    assert "Ưu điểm, tồn tại, nguyên nhân: do đơn vị báo cáo viết." in shown


def test_every_figure_says_where_it_comes_from(places, write):
    write("n1", date(2026, 2, 20))
    sources = report(places["n11"]).annexes[0]
    table = next(block for block in sources.body if isinstance(block, Table))
    told = {row[0]: row for row in table.rows}
    assert told["Buổi tuyên truyền / phát động"][2:] == ["15/02/2026 – 14/03/2026", "/figures/outreach_sessions/"]
    assert "/territory/11/?from=2026-02-15&to=2026-03-14" in lines_of(sources.body[0])[0]
    assert "tại ngày 14/03/2026" in lines_of(sources.body[0])[0]


def test_the_annex_adds_up_by_place(places, write):
    write("n1", date(2026, 2, 20))
    write("n11", date(2026, 2, 20))
    table = report(places["n11"]).annexes[1].body[0]
    assert isinstance(table, Table)
    assert [row[:2] for row in table.lines()] == [
        ["xã N1", "1"],
        ["xã N2", "0"],
        ["phường N3", "0"],
        ["Ghi tại cấp này", "1"],
        ["Cộng", "2"],
    ]


def test_the_report_is_vietnamese_whoever_asks_for_it(places, write):
    write("n1", date(2026, 2, 20))
    with override("en"):
        document = report(places["n1"])
    assert "Buổi tuyên truyền / phát động" in words(document)
    assert document.issuing_body == "Ủy ban nhân dân\nxã N1"
    assert document.signature.position == "CHỦ TỊCH"


def test_the_province_police_sign_for_a_province(places):
    document = report(places["n11"])
    assert (document.superior_body, document.issuing_body) == ("Bộ Công an", "Công an tỉnh N11")


def test_a_residential_area_writes_no_report(places):
    with pytest.raises(NoReportAtThisLevel):
        report(places["s1"])


def test_the_outline_names_only_indicators_that_exist():
    for chapter in outline.chapters():
        for sentence in chapter.sentences:
            for code in sentence.codes():
                assert all(one in indicators.INDICATORS for one in indicators.needs(indicators.catalogue.get(code)))


def test_the_command_writes_word_and_pdf(places, write, tmp_path):
    write("n1", date(2025, 12, 20))
    word, pdf = tmp_path / "a.docx", tmp_path / "a.pdf"
    call_command("report", "00001", "2026-01", "--docx", str(word), "--pdf", str(pdf))
    assert "1 buổi tuyên truyền tập trung" in ZipFile(BytesIO(word.read_bytes())).read("word/document.xml").decode()
    assert pdf.read_bytes().startswith(b"%PDF")


def test_the_command_refuses_a_period_it_cannot_read(places, capsys):
    with pytest.raises(SystemExit):
        call_command("report", "00001", "2026-77", "--pdf", "x.pdf")
    assert "2026-77" in capsys.readouterr().err
