"""A commune's own workbook on a phone: read, compared, brought in and taken back; and one search over everything."""

import re
from pathlib import Path
from secrets import token_hex
from typing import Any

import xlsxwriter
from playwright.sync_api import Page, expect

from luytre.common.text import fold
from tests.browser.conftest import PHONE, ROOT, MakeVisitor, Visitor

PICTURES = ROOT / "build" / "pictures-lists"
HEADINGS = ["STT", "Ngày tổ chức", "Ở đâu", "Xã", "Nội dung", "Số người dự"]


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tuyên truyền")
        for number, row in enumerate([["Sổ theo dõi tuyên truyền của xã"], HEADINGS, *rows]):
            sheet.write_row(number, 0, row)
    return path


def fits(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def record(officer: Visitor, place: str) -> None:
    """A session by the register's own form."""
    page = officer.page
    officer.go("/activities/outreach-sessions/new/")
    page.fill("[name=held_on]", "2026-11-03")
    area = page.locator("[name=area]")
    if area.evaluate("node => node.tagName") == "SELECT":
        area.select_option(index=1)
    else:
        area.fill("03325")
    page.fill("[name=place]", place)
    page.locator("[name=topics]").first.check()
    page.fill("[name=attendance]", "42")
    page.locator("main form .form-actions button").first.click()
    page.wait_for_url(re.compile(r"/outreach-sessions/\d+/$"))


def choose(page: Page, heading: str, field: str) -> None:
    page.locator(".field", has=page.locator(f"input[type=hidden][value='{heading}']")).locator("select").select_option(
        field
    )


def test_a_workbook_is_read_compared_brought_in_and_taken_back(visitor: MakeVisitor, tmp_path: Path) -> None:
    officer = visitor("canboxa")
    page = officer.page
    word = f"thử{token_hex(3)}"
    place = f"Nhà văn hóa {word}"
    record(officer, place)
    officer.go(f"/activities/outreach-sessions/?q={fold(word)}")
    area = page.locator("#rows td").nth(1).inner_text()
    rows = [
        [1, "03/11/2026", place, area, "ma túy của bản", 42],
        [2, "04/11/2026", "Sân trường tiểu học thử nhập", area, "ma túy của bản", 61],
    ]
    officer.go("/activities/outreach-sessions/")
    page.locator("main a[href$='/outreach-sessions/import/']").first.click()
    page.set_input_files("[name=workbook]", workbook(tmp_path / "so.xlsx", rows))
    page.locator("main form .form-actions button").first.click()
    expect(page.locator("#reading")).to_be_visible()
    fits(page, "import-reading")
    for heading, field in zip(HEADINGS[1:], ["held_on", "place", "area", "topics", "attendance"], strict=True):
        choose(page, heading, field)
    page.locator("#reading button").click()
    unknown = page.locator(".field", has=page.locator("input[value='ma túy của bản']")).locator("select")
    unknown.select_option(index=1)
    page.locator("#reading button").click()
    alike = page.locator("fieldset.alike")
    expect(alike).to_have_count(1)
    expect(alike).to_contain_text(place)
    fits(page, "import-alike")
    page.locator("[data-bring-in]").click()
    page.wait_for_url("**/import/past/")
    expect(page.locator(".alert.done")).to_contain_text("1")
    fits(page, "import-past")
    page.locator("details summary", has_text="Rút lại").first.click()
    page.locator("form[action$='/undoing/'] button").first.click()
    page.wait_for_url("**/import/past/")
    expect(page.locator("main section.card").first).to_contain_text("rút lại")
    officer.go(f"/activities/outreach-sessions/?q={fold(word)}")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    fits(page, "list")
    assert officer.complaints == []


def test_everything_is_found_from_any_page_without_tone_marks(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa")
    page = officer.page
    officer.go("/today/")
    page.keyboard.press("/")
    page.wait_for_url("**/find/")
    expect(page.locator("#id_find")).to_be_focused()
    page.keyboard.type("tuyen truyen")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=tuyen**")
    expect(page.locator("main section h2").first).to_be_visible()
    fits(page, "find")
    page.fill("#id_find", "muong phang")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=muong**")
    expect(page.locator("main a[href^='/territory/']").first).to_be_visible()
    page.fill("#id_find", "Hồ Chí Minh")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=H**")
    assert "TP. Hồ Chí Minh" not in page.locator("main").inner_text()
    assert officer.complaints == []


def test_duplicates_are_merged_and_a_list_is_printed_for_the_board(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa")
    page = officer.page
    for name in ("Nhà văn hóa trùng một", "Nhà văn hóa trùng hai"):
        record(officer, name)
    officer.go("/activities/outreach-sessions/?q=van+hoa+trung")
    for box in page.locator("#rows [name=pk]").all():
        box.check()
    page.locator("button[name=act][value=merge]").click()
    page.wait_for_url("**/chosen/merging/**")
    fits(page, "merge")
    page.locator("main form .form-actions button").click()
    page.wait_for_url(re.compile(r"/outreach-sessions/\d+/$"))
    officer.go("/activities/outreach-sessions/?q=van+hoa+trung")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    page.locator("a[href*='/outreach-sessions/print/']").first.click()
    page.wait_for_url("**/print/**")
    page.locator("a[href*='size=board']").click()
    expect(page.locator("body.board .print-office")).to_be_visible()
    fits(page, "print-board")
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".printed-list")).to_be_visible()
    assert officer.complaints == []
