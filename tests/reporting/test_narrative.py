import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.common import periods
from luytre.registry.models import GroupKind, Initiative, Site, WatchGroup
from luytre.reporting import catalogue, frozen, narrative, outline, phrases, printing, prose
from luytre.reporting.documents.content import BulletList, Heading, Note, OfficialDocument, Paragraph, Table
from luytre.reporting.narrative import NoReportAtThisLevel
from tests.reporting import frozen_figures

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 2, tzinfo=UTC)


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
    shown = words(report(places["n1"]))
    assert "khoảng 900 | 100 | không tính (số ước lượng)" in shown


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
    assert told["Buổi tuyên truyền / phát động"][1:] == [
        "outreach_sessions",
        "Sổ: buổi tuyên truyền",
        "15/02/2026 – 14/03/2026",
    ]
    assert "/figures/(mã)/records/?area=11&from=2026-02-15&to=2026-03-14" in lines_of(sources.body[1])[0]
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


def test_the_outline_names_only_indicators_of_the_catalogue():
    for chapter in outline.chapters():
        for sentence in chapter.sentences:
            assert all(catalogue.get(code) for code in sentence.codes())
    assert {one.group for one in catalogue.definitions().values()} <= outline.group_order().keys()


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("2026-11", "tháng 11/2026"),
        ("2026-Q4", "quý IV/2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026", "năm 2026"),
    ],
)
def test_the_title_says_the_period_as_offices_do(token, words):
    assert outline.period(token, periods.parse(token)) == words


def test_days_of_ones_own_are_said_in_full():
    window = periods.Window(date(2026, 2, 1), date(2026, 2, 20))
    assert outline.period("", window) == "từ ngày 01/02/2026 đến ngày 20/02/2026"


def test_what_is_kept_reads_the_same_later(places, write):
    write("n1", date(2026, 2, 20))
    picture = frozen.take(places["n11"], periods.parse("2026-03"), period="2026-03", today=TODAY, at=NOW)
    body = narrative.write(picture)
    assert frozen.from_json(json.loads(json.dumps(frozen.to_json(picture), sort_keys=True))) == picture
    assert prose.from_json(json.loads(json.dumps(prose.to_json(body)))) == body


MAIN = [sentence for chapter in outline.chapters() for sentence in chapter.sentences]
CODES = sorted({code for sentence in MAIN for code in sentence.codes()})
COUNTS = st.none() | st.integers(0, 30) | st.integers(0, 10**9)


@given(numbers=st.lists(st.tuples(COUNTS, COUNTS, st.booleans()), min_size=len(CODES), max_size=len(CODES)))
def test_the_words_never_disagree_with_the_table(numbers):
    """Over any figures: each sentence holds the numbers of the table, and says more, fewer or as many rightly."""
    lines = [
        frozen_figures.line(code, now, then, exact=exact)
        for code, (now, then, exact) in zip(CODES, numbers, strict=True)
    ]
    picture = frozen_figures.frozen(lines)
    with override("vi"):
        body = narrative.write(picture)
        rows = {row[0]: row for table in printing.table(picture) for row in table.rows}
        for sentence in MAIN:
            line = picture.lines[sentence.main]
            block = next((one for one in body if one.key == f"s-{sentence.main.replace('_', '-')}"), None)
            assert (block is not None) == bool(line.now.value or line.then.value)
            if block is not None:
                agree(block.said(picture), line, rows[line.name], sentence.unit or line.unit)


def agree(said: str, line: frozen.Line, row: list[str], unit: str) -> None:
    _name, _unit, now, then, change = row
    if line.now.value:
        assert re.search(rf"(?<![\d.]){re.escape(now)}(?![\d.])", said)
    moved = {word for word in ("tăng", "giảm") if f" {word} " in said}
    difference = (line.now.value or 0) - (line.then.value or 0)
    if line.then.value and line.now.value and line.now.is_exact:
        assert moved == ({"tăng"} if difference > 0 else {"giảm"} if difference < 0 else set())
        assert ("bằng cùng kỳ năm trước" in said) == (difference == 0)
        amount = phrases.format_number(abs(difference))
        assert not difference or (f"{amount} {unit}" in said and amount in change)
    else:
        assert not moved
        assert not line.then.value or f"{then} {unit}" in said
        assert line.then.value or "chưa ghi nhận" in said


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=len(CODES), max_size=len(CODES)))
def test_the_assessment_names_each_change_under_its_direction(numbers):
    lines = [frozen_figures.line(code, now, then) for code, (now, then) in zip(CODES, numbers, strict=True)]
    body = {block.key: block for block in narrative.write(frozen_figures.frozen(lines))}
    for direction in narrative.DIRECTIONS:
        told = [line for line in lines if line.direction == direction]
        assert (direction in body) == bool(told)
        if told:
            named = body[direction].pieces[0].split(": ", 1)[1]
            assert named == phrases.indicators(told) + "."
    assert {line.direction for line in lines} <= {*narrative.DIRECTIONS, ""}


def test_who_has_most_is_named_only_where_places_may_be_compared():
    children = [frozen.Place(str(number), f"xã {number}") for number in range(5)]
    parts = {str(number): frozen_figures.amount(10 - number) for number in range(5)}
    line = frozen_figures.line("outreach_sessions", 40, 10, parts=parts)
    picture = frozen_figures.frozen([line], children)
    assert phrases.most(line, picture) == " Trong đó nhiều nhất là xã 0 (10 buổi), xã 1 (9 buổi), xã 2 (8 buổi)."
    assert phrases.most(replace(line, may_compare_places=False), picture) == ""
    tied = {**parts, "3": frozen_figures.amount(8)}
    assert phrases.most(replace(line, parts=tied), picture) == ""


def test_what_nobody_reported_is_not_told_as_nought():
    lines = [frozen_figures.line("inspections", None, None), frozen_figures.line("plans_issued", 0, 0)]
    shown = {block.key: block.pieces[0] for block in narrative.write(frozen_figures.frozen(lines)) if block.pieces}
    assert shown["unreported"] == "Chưa có đơn vị nào báo cáo: chỉ tiêu inspections."
    assert shown["unrecorded"] == "Cả hai kỳ chưa ghi nhận: chỉ tiêu plans_issued."


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
