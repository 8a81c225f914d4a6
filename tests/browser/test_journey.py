"""Work recorded once becomes figures and a report: the whole journey, on a phone and by keyboard alone."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeVisitor, Server, Visitor


def total_shown(somebody: Visitor, code: str) -> int:
    """The outreach sessions of this month on the territory page."""
    somebody.go(f"/territory/{code}/")
    tile = somebody.page.locator(".figure", has=somebody.page.get_by_text("Buổi tuyên truyền / phát động"))
    written = tile.locator(".figure-value").first.inner_text()
    return int(re.sub(r"\D", "", written.split("buổi")[0]))


def record_by_touch(page: Page) -> None:
    page.get_by_role("link", name="Ghi buổi tuyên truyền").first.click()
    page.get_by_label("Địa bàn").first.select_option(index=1)
    page.get_by_label("Địa điểm").fill("Nhà văn hóa bản")
    page.locator("[name=topics]").first.check()
    page.get_by_label("Số người dự").fill("64")
    page.get_by_role("button", name="Ghi buổi tuyên truyền").click()
    expect(page.get_by_text("Đã ghi. Số liệu đã đổi theo.")).to_be_visible()


def test_a_session_recorded_on_a_phone_moves_the_totals_and_stands_in_the_report(
    visitor: MakeVisitor, server: Server, tmp_path: Path
) -> None:
    officer, desk, ministry = visitor("canboxa"), visitor("tinh"), visitor("bo")
    province, nation = total_shown(desk, "11"), total_shown(ministry, "0")

    record_by_touch(officer.page)

    assert total_shown(desk, "11") == province + 1
    assert total_shown(ministry, "0") == nation + 1

    officer.go("/reports/")
    officer.page.get_by_role("button", name="Xem báo cáo").click()
    expect(officer.page.get_by_role("heading", level=1)).to_be_visible()
    with officer.page.expect_download() as waiting:
        officer.page.get_by_role("link", name=re.compile("Word")).first.click()
    waiting.value.save_as(tmp_path / "report.docx")
    assert (tmp_path / "report.docx").read_bytes()[:2] == b"PK"
    assert [*officer.complaints, *desk.complaints, *ministry.complaints] == []


def press_until(page: Page, wanted: str, *, key: str = "Tab", limit: int = 120) -> None:
    """Move by keyboard until the focused thing reads as wanted."""
    for _ in range(limit):
        page.keyboard.press(key)
        if wanted in focused(page):
            return
    raise AssertionError(f"the keyboard never reached {wanted!r}")


def focused(page: Page) -> str:
    """How a reader would call what has the focus. Works without scripts of the page."""
    # Asked in one breath: between two questions a page may change and nothing have the focus.
    said = page.locator(":focus").evaluate_all("nodes => nodes.map(one => [one.name || '', one.innerText])")
    if not said:
        return ""
    name, text = said[0]
    return f"{text if name == '' else ''}[{name}]"


def test_the_same_by_keyboard_alone_without_javascript(visitor: MakeVisitor) -> None:
    somebody = visitor(java_script_enabled=False)
    page = somebody.page
    somebody.go("/sign-in/?next=/today/")
    press_until(page, "[login]")
    page.keyboard.type("canboxa")
    press_until(page, "[password]")
    page.keyboard.type("Luy-Tre-2026")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/today/$"))  # the address before it ends alike

    press_until(page, "Ghi buổi tuyên truyền")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outreach-sessions/new/")
    press_until(page, "[area]")
    page.keyboard.press("ArrowDown")
    press_until(page, "[place]")
    page.keyboard.type("Trường tiểu học")
    press_until(page, "[topics]")
    page.keyboard.press("Space")
    press_until(page, "[attendance]")
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi. Số liệu đã đổi theo.")).to_be_visible()

    somebody.go("/reports/")
    press_until(page, "Xem báo cáo")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "Word")


def test_an_error_is_named_on_top_and_at_the_field_and_nothing_is_lost(visitor: MakeVisitor) -> None:
    somebody = visitor("canboxa")
    page = somebody.page
    somebody.go("/activities/outreach-sessions/new/")
    page.get_by_label("Địa điểm").fill("Sân đình làng Ẳng")
    page.get_by_role("button", name="Ghi buổi tuyên truyền").click()
    expect(page.locator(".error-summary")).to_contain_text("Số người dự")
    expect(page.get_by_label("Địa điểm")).to_have_value("Sân đình làng Ẳng")


def test_an_officer_of_another_commune_finds_nothing_of_it(visitor: MakeVisitor, server: Server) -> None:
    officer = visitor("canboxa")
    record_by_touch(officer.page)
    address = officer.page.url.removeprefix(server.url)
    other = visitor("canboxa2")
    answer = other.go(address)
    assert answer.status == 404


def test_figures_from_the_terminal_are_the_seed_figures(server: Server) -> None:
    import json

    window = ["--from", "2022-01-01", "--to", "2022-08-21", "--json"]
    assert json.loads(server.command("figures", "11", "outreach_sessions", *window))["value"] == 2135
    assert json.loads(server.command("figures", "11", "outreach_attendances", *window))["value"] == 138583


def test_the_day_of_a_new_session_is_today(visitor: MakeVisitor) -> None:
    somebody = visitor("canboxa")
    somebody.go("/activities/outreach-sessions/new/")
    expect(somebody.page.get_by_label("Ngày", exact=True)).to_have_value(
        datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date().isoformat()
    )
