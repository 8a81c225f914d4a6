import pytest

from luytre.reporting.reading import page_lines
from luytre.reporting.reading.page_lines import Line, Page

FULL, SHORT = 500.0, 300.0


def line(text: str, right: float = FULL, left: float = 70.0, **more) -> Line:
    return Line(text, left, right, **more)


def told(*pages: list[Line]) -> list[str]:
    return list(page_lines.paragraphs([Page(lines, 600.0) for lines in pages]))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("tổ chức được", "25 buổi tuyên truyền", "tổ chức được 25 buổi tuyên truyền"),
        ("do Ủy ban nhân dân", "Xã chủ trì", "do Ủy ban nhân dân Xã chủ trì"),
        ("giai đoạn 2020\u0002", "2025 và", "giai đoạn 2020-2025 và"),
        ("an interna\ufffe", "tional word", "an international word"),
        ("tại TP.", "Hồ Chí Minh", "tại TP. Hồ Chí Minh"),
        ("gồm 8 buổi²", ".", "gồm 8 buổi²."),
        ("kể cả;", "866/866 khu", "kể cả; 866/866 khu"),
    ],
)
def test_what_the_margin_broke_is_joined(first, second, whole):
    assert told([line(first), line(second, SHORT)]) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (line("Số buổi", 110.0), line("25", 82.0)),
        (line("Kết quả đạt được", SHORT), line("Đã tổ chức", FULL)),
        (line("việc thứ nhất"), line("- việc thứ hai")),
        (line("việc thứ nhất"), line("2. Việc thứ hai")),
        (line("việc thứ nhất"), line("b) việc thứ hai")),
        (line("việc thứ nhất"), line("II. VIỆC")),
        (line("theo quy định"), line("Điều 5 quy định")),
        (line("đã tổng kết"), line("Đoạn sau thụt vào", left=100.0)),
        (line("ỦY BAN NHÂN DÂN XÃ"), line("Số: 25/BC")),
        (line("Đầu đề", height=18.0), line("Nội dung", height=12.0)),
        (line("tin\t16", is_row=True), line("buổi\t25", is_row=True)),
    ],
)
def test_what_ends_by_itself_is_not(first, second):
    assert told([first, second]) == [first.text, second.text]


def test_a_paragraph_goes_on_over_a_page_and_its_number():
    pages = [
        [line(f"{word} thứ"), line("đã họp"), line(str(at), 310.0, 290.0)] for at, word in enumerate(["Tổ", "và"], 1)
    ]
    assert told(*pages) == ["Tổ thứ đã họp và thứ đã họp"]


def test_page_numbers_go_wherever_annexes_begin_anew():
    pages = [[line(f"Câu {at}a.", 110.0), line(str(number), 310.0, 290.0)] for at, number in enumerate((1, 2, 3, 1, 2))]
    assert told(*pages) == [f"Câu {at}a." for at in range(5)]


def test_figures_that_only_look_like_page_numbers_stay():
    pages = [[line(f"Số tin {figure}a", 110.0), line(figure, 302.0, 290.0)] for figure in ("16", "25", "9")]
    assert told(*pages) == ["Số tin 16a", "16", "Số tin 25a", "25", "Số tin 9a", "9"]


def test_heads_that_differ_only_by_the_page_stay_once_and_figures_do_not_count_as_heads():
    pages = [
        [line(f"Báo cáo quý III - trang {number}", SHORT), line(f"Bản {number * 7}: 25 buổi.", SHORT)]
        for number in (1, 2, 3, 4)
    ]
    assert told(*pages) == ["Báo cáo quý III - trang 1", *(f"Bản {number * 7}: 25 buổi." for number in (1, 2, 3, 4))]
