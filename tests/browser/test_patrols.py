"""Patrols and duty on a phone: a broken lamp noted in under a minute, and a roster that refuses with its reason."""

import time

from playwright.sync_api import expect

from tests.browser.conftest import ROOT, MakeVisitor

PICTURES = ROOT / "build" / "pictures"


def test_a_hamlet_head_logs_a_patrol_with_a_broken_lamp_in_under_a_minute(visitor: MakeVisitor) -> None:
    head = visitor("truongban")
    page = head.page
    started = time.monotonic()
    page.get_by_role("link", name="Ghi buổi tuần tra").first.click()
    page.get_by_label("Giờ đi").fill("21:00")
    page.get_by_label("Giờ về").fill("23:30")
    page.get_by_label("Số người đi").fill("4")
    page.locator("[name=checkpoints]").first.check()
    page.get_by_label("Trên đường có gì hỏng hoặc nguy hiểm không?").select_option(label="Đèn đường hỏng, không sáng")
    page.get_by_label("Cụ thể ở đâu?").fill("Cột đèn thứ hai sau nhà văn hóa")
    page.screenshot(path=PICTURES / "patrol-form.phone.png", full_page=True)
    page.get_by_role("button", name="Ghi buổi tuần tra").click()
    expect(page.get_by_text("Cột đèn thứ hai sau nhà văn hóa").first).to_be_visible()
    assert time.monotonic() - started < 60
    expect(page.get_by_text("1:30").first).to_be_visible()  # of it at night
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    head.go("/activities/hazards/waiting/")
    expect(page.get_by_role("link", name="Cột đèn thứ hai sau nhà văn hóa").first).to_be_visible()
    page.screenshot(path=PICTURES / "hazard-board.phone.png", full_page=True)
    assert head.complaints == []


def test_a_lamp_is_closed_only_by_other_eyes(visitor: MakeVisitor) -> None:
    officer, head = visitor("canboxa"), visitor("truongban")
    page = head.page
    head.go("/activities/hazards/new/")
    page.get_by_label("Hỏng gì, nguy hiểm gì").select_option(label="Lan can, hộ lan hỏng")
    page.get_by_label("Cụ thể ở đâu").fill("Lan can cầu treo đầu bản")
    page.get_by_role("button", name="Ghi nơi mất an toàn").click()
    page.get_by_role("link", name="Theo dõi xử lý").click()
    address = page.url.removeprefix(head.url)

    work = officer.page
    officer.go(address)
    work.get_by_text("Giao đơn vị sửa").first.click()
    work.get_by_role("button", name="Giao đơn vị sửa").click()
    work.get_by_text("Báo đã sửa xong").first.click()
    work.get_by_role("button", name="Báo đã sửa xong").click()
    work.get_by_label("rồi, đã sửa xong").check()
    work.get_by_role("button", name="Ghi kết quả xem lại").click()
    expect(work.get_by_text("Cần người khác đến xem lại")).to_be_visible()

    head.go(address)
    page.get_by_label("rồi, đã sửa xong").check()
    page.get_by_role("button", name="Ghi kết quả xem lại").click()
    expect(page.get_by_text("Đã xem lại: sửa xong")).to_be_visible()
    page.screenshot(path=PICTURES / "hazard-course.phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
