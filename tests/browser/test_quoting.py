"""A province's report read on a keyboard: thirty figures taken in under three minutes, two that differ seen."""

import re
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import MakeVisitor, Visitor

THREE_MINUTES = 180
REPORT = Path(__file__).with_name("report_of_a_province.txt").read_text(encoding="utf-8")


def bring_in(desk: Visitor) -> None:
    desk.go("/reports/")
    desk.page.get_by_role("link", name="Đọc số liệu từ một báo cáo viết bằng lời").click()
    desk.page.get_by_label("Hoặc nội dung").fill(REPORT)
    desk.page.get_by_label("Ngày của báo cáo").fill("2026-07-02")
    desk.page.get_by_role("button", name="Đọc", exact=True).click()
    expect(desk.page.get_by_role("heading", level=1, name="Nội dung dán vào")).to_be_visible()
    desk.page.wait_for_load_state("load")  # keys work once the scripts have run


def test_thirty_figures_are_taken_by_keyboard_and_two_that_differ_are_seen(visitor: MakeVisitor) -> None:
    desk = visitor("tinh")
    bring_in(desk)
    page, begun = desk.page, time.monotonic()
    rows = page.locator("#taken ~ .scroll tbody tr")
    assert rows.count() >= 30
    for _each in range(rows.count()):
        expect(page.locator("button[value=take]")).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert time.monotonic() - begun < THREE_MINUTES
    expect(page.get_by_text("Mọi số liệu đề xuất đều đã được quyết định.")).to_be_visible()

    assert rows.filter(has_text="khác").count() >= 2
    taken = rows.filter(has=page.get_by_role("rowheader", name="Tin có giá trị"))
    expect(taken).to_contain_text("236")
    expect(taken).to_contain_text("Quần chúng nhân dân cung cấp 418 nguồn tin")
    assert page.locator(".quoting-mark.taken").count() == rows.count()
    assert desk.complaints == []


def test_a_figure_is_left_out_put_back_and_mended_by_keys(visitor: MakeVisitor) -> None:
    desk = visitor("tinh")
    bring_in(desk)
    page = desk.page
    with page.expect_navigation():
        page.keyboard.press("x")
    expect(page.locator(".quoting-mark.rejected")).to_have_count(1)
    with page.expect_navigation():
        page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("u")
    expect(page.locator(".quoting-mark.rejected")).to_have_count(0)
    page.keyboard.press("m")
    page.get_by_label("Giá trị").fill("4.000")
    page.get_by_role("button", name="Nhận bản đã sửa").click()
    expect(page.locator("#taken ~ .scroll tbody tr").first).to_contain_text(re.compile(r"4\.000.*đã sửa", re.S))
    assert desk.complaints == []


def test_on_a_phone_a_report_without_figures_says_what_to_do(visitor: MakeVisitor) -> None:
    somebody = visitor("canboxa")
    somebody.go("/reports/quoted/")
    somebody.page.get_by_label("Hoặc nội dung").fill("Phong trào được đông đảo nhân dân hưởng ứng.")
    somebody.page.get_by_label("Ngày của báo cáo").fill("2026-07-02")
    somebody.page.get_by_role("button", name="Đọc", exact=True).click()
    expect(somebody.page.get_by_text("Không thấy số liệu nào thuộc danh mục trong văn bản này")).to_be_visible()
    assert somebody.page.evaluate("document.documentElement.scrollWidth") <= 360
