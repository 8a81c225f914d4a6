"""Patrols and duty on a phone: a broken lamp noted in under a minute, and a roster that refuses with its reason."""

import time

from playwright.sync_api import expect

from tests.browser.conftest import ROOT, MakeVisitor, Visitor

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
    work.locator("summary", has_text="Giao đơn vị sửa").click()
    work.get_by_role("button", name="Giao đơn vị sửa").click()
    work.locator("summary", has_text="Báo đã sửa xong").click()
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


def open_roster(somebody: Visitor) -> None:
    somebody.go("/activities/duty/")
    somebody.page.locator("table.cards th a").first.click()
    expect(somebody.page.get_by_role("heading", name="Thành viên")).to_be_visible()


def test_the_roster_refuses_whose_training_has_run_out_and_says_why(visitor: MakeVisitor) -> None:
    head = visitor("truongban")
    page = head.page
    open_roster(head)
    page.get_by_role("link", name="Tuần sau").click()
    form = page.locator("form.assign").first
    lapsed = form.locator("option", has_text="chưa đủ điều kiện").first.get_attribute("value")
    form.locator("select").select_option(value=lapsed)
    form.get_by_role("button", name="Xếp vào ca").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa tập huấn hoặc đã quá hạn")
    page.screenshot(path=PICTURES / "roster-refused.phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_shift_is_filled_by_dragging_and_by_keyboard_without_a_script(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa", viewport={"width": 1280, "height": 900})
    page = officer.page
    open_roster(officer)
    page.get_by_role("link", name="Tuần sau").click()
    page.locator("summary", has_text="Thêm ca trực").click()
    page.locator("[name=days]").first.check()
    page.get_by_label("Từ giờ").fill("05:00")
    page.get_by_label("Đến giờ").fill("06:00")
    page.get_by_label("Nơi trực hoặc tuyến đi").fill("Cổng chợ sớm")
    page.get_by_role("button", name="Thêm ca trực").click()
    shift = page.locator(".shift", has_text="Cổng chợ sớm")
    fit = shift.locator(".assign option:not([value=''])").filter(has_not_text="chưa đủ điều kiện")
    member = fit.first.get_attribute("value")
    shift.scroll_into_view_if_needed()  # what scrolls while a name is held takes up another name
    page.locator(f".chip[data-member='{member}']").drag_to(shift)
    expect(page.get_by_text("Đã xếp")).to_be_visible()
    expect(shift.locator(".on-duty .name")).to_have_count(1)
    page.screenshot(path=PICTURES / "roster.desk.png", full_page=True)
    assert officer.complaints == []

    plain = visitor("canboxa", java_script_enabled=False)
    plain.go(page.url.removeprefix(officer.url))
    shift = plain.page.locator(".shift", has_text="Cổng chợ sớm")
    shift.locator("summary").first.focus()
    plain.page.keyboard.press("Enter")
    shift.get_by_role("button", name="Rút khỏi ca này").focus()
    plain.page.keyboard.press("Enter")
    expect(plain.page.get_by_text("Lịch trực đã đổi.")).to_be_visible()
    expect(shift.locator(".on-duty .name")).to_have_count(0)
    plain.page.get_by_role("link", name="Bản in").click()
    expect(plain.page.get_by_text("không dán ở bảng tin")).to_be_visible()
