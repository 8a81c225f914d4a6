"""Quiet sites, on a phone, in Vietnamese: a commune officer relaunches one; the province finds them all and writes."""

import re

from tests.browser.conftest import MakeVisitor


def test_a_commune_officer_relaunches_a_quiet_site(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa2")
    page = officer.page
    page.locator(".card", has_text="Điểm lâu không thấy hoạt động").get_by_role("link").click()
    page.wait_for_url(re.compile(r"/registry/sites/\d+/interview/"))
    assert "tháng kể từ lần hoạt động gần nhất" in page.inner_text("main")
    address = page.url.replace(officer.url, "").replace("interview/", "")
    page.locator("main form button[type=submit]").click()
    assert page.locator(".error-summary").count() == 1
    page.fill("[name=led_by]", "Tổ trưởng tổ dân phố")
    page.fill("[name=last_done]", "Họp tổ hồi tháng 3")
    page.fill("[name=needs]", "Một bộ loa và người trực")
    page.check("[name=outcome][value=relaunch]")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{address}")
    said = page.inner_text("main")
    assert "Đã khởi động lại" in said
    assert "Có hoạt động trong tháng vừa qua" in said
    assert "Tổ trưởng tổ dân phố" in said
    assert all("422" in one for one in officer.complaints)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_province_finds_all_quiet_sites_and_writes_to_their_keepers(visitor: MakeVisitor) -> None:
    desk, keeper = visitor("tinh2"), visitor("canboxa2")
    page = desk.page
    page.locator(".card", has_text="Điểm lâu không thấy hoạt động").get_by_role("link").click()
    page.wait_for_url("**/registry/sites/quiet/")
    assert page.locator("[name=months]").is_visible()
    page.fill("[name=months]", "6")
    page.locator("details.filters button[type=submit]").click()
    page.wait_for_url("**months=6**")
    found = int(re.sub(r"\D", "", page.locator("a[href*='notices/new']").inner_text()))
    assert found > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("a[href*='notices/new']").click()
    words = "Đề nghị xem từng điểm trước ngày 10 và trả lời tại đây."
    page.fill("[name=text]", words)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/registry/sites/notices/")
    assert "Đã gửi đến" in page.inner_text("main")

    keeper.go("/today/")
    letter = keeper.page.locator(".card", has_text=words)
    assert "Người ký của tỉnh" in letter.inner_text()
    letter.get_by_role("link").click()
    keeper.page.fill("[name=text]", "Đã đọc. Tuần này đi từng điểm.")
    keeper.page.locator("main form button[type=submit]").click()
    keeper.page.get_by_text("Đã gửi trả lời").wait_for()
    address = keeper.page.url.removeprefix(keeper.url)
    keeper.go("/today/")
    assert keeper.page.locator(".card", has_text=words).count() == 0
    desk.go(address)
    desk.page.get_by_text("Tuần này đi từng điểm.").wait_for()
    assert desk.complaints == []
    assert keeper.complaints == []
