"""A commune's month from first look to approved return, on a phone, without a script, and over a broken connection."""

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, MakeVisitor, Server, Visitor

TWO_MINUTES = 120
PASTE = """() => {
  const data = new DataTransfer();
  data.setData("text", "5\\n7\\tx\\n11\\n");
  const pasted = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(pasted);
}"""


def open_month(somebody: Visitor) -> Page:
    """From the first screen to the monthly form that is owed, by links alone."""
    page = somebody.page
    somebody.go("/today/")
    page.locator("main .card a[href='/returns/']").first.click()
    page.locator("main a[href*='/returns/commune-month/'][href$='/fill/']").first.click()
    page.wait_for_url("**/fill/")
    return page


def write(page: Page, **numbers: str) -> None:
    for code, number in numbers.items():
        page.fill(f"[name=v-{code}]", number)


def press(page: Page, what: str) -> None:
    page.locator(f"form.return-form button[value={what}]:visible").last.click()


def test_a_commune_month_is_sent_and_approved_within_two_minutes(visitor: MakeVisitor, server: Server) -> None:
    officer, leader = visitor("canboxa"), visitor("lanhdaoxa")
    begun = time.monotonic()

    page = open_month(officer)
    address = page.url.removesuffix("fill/")
    known = page.locator(".cell.known")
    expect(known.first).to_be_visible()
    assert known.count() == 18
    assert page.locator("[name=v-outreach_sessions]").count() == 0
    write(page, crime_tips_received="9", crime_tips_valuable="gần 4", outreach_reach="800")
    press(page, "zeros")
    page.wait_for_url("**/fill/")
    expect(page.locator("[name=v-traffic_accidents]")).to_have_value("0")
    expect(page.locator("[name=v-crime_tips_valuable]")).to_have_value("gần 4")
    page.fill("[name='c-']", "Số liệu do Công an xã tổng hợp")
    press(page, "send")
    page.wait_for_url(address)

    leader.go("/today/")
    leader.page.locator(f"main .card a[href='{address.removeprefix(server.url)}']").first.click()
    leader.page.locator("form[action$='/approval/'] button").click()
    expect(leader.page.locator(".stem .done")).to_have_count(2)

    assert time.monotonic() - begun < TWO_MINUTES
    assert leader.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert [*officer.complaints, *leader.complaints] == []


def test_on_a_phone_enter_moves_on_a_column_is_pasted_and_the_counts_follow(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa")
    page = officer.page
    officer.go("/returns/commune-quarter/03325/2026-Q3/fill/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    before = empty_cells(page)
    cells = page.locator("[data-cell]")
    cells.nth(0).fill("3")
    cells.nth(0).press("Enter")
    expect(cells.nth(1)).to_be_focused()
    cells.nth(1).press("ArrowUp")
    expect(cells.nth(0)).to_be_focused()
    cells.nth(1).focus()
    page.evaluate(PASTE)
    expect(cells.nth(2)).to_have_value("7")
    expect(cells.nth(3)).to_have_value("11")
    expect(page.locator("[data-count]")).to_have_text(re.compile(rf"^{before - 4} "))
    cells.nth(0).fill("ba")
    expect(page.locator("[data-code]").first.locator(".cell-error")).to_be_visible()
    assert officer.complaints == []


def empty_cells(page: Page) -> int:
    words = page.locator("[data-count]").inner_text()
    return int(words.split()[0])


def test_what_was_typed_without_a_connection_is_not_lost(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa")
    page = officer.page
    officer.go("/returns/commune-quarter/03325/2026-Q2/fill/")
    officer.context.set_offline(True)
    page.fill("[name=v-plans_issued]", "17")
    expect(page.locator("[data-kept]")).to_have_text(
        page.locator("form.return-form").get_attribute("data-words-offline") or ""
    )
    officer.context.set_offline(False)
    page.reload()
    expect(page.locator("[name=v-plans_issued]")).to_have_value("17")
    expect(page.locator("[data-kept]")).not_to_be_empty()
    page.reload()
    expect(page.locator("[name=v-plans_issued]")).to_have_value("17")


def test_a_return_is_filled_and_sent_without_a_script(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa", java_script_enabled=False)
    page = officer.page
    officer.go("/returns/commune-team-quarter/03325/2026-Q2/fill/")
    write(page, security_protection_members_killed="hai")
    press(page, "send")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=v-security_protection_members_killed]")).to_have_value("hai")
    write(page, security_protection_members_killed="")
    press(page, "zeros")
    expect(page.locator("[name=v-security_protection_members_killed]")).to_have_value("0")
    press(page, "send")
    page.wait_for_url("**/2026-Q2/")
    expect(page.locator("main table").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
