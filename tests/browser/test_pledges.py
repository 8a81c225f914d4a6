"""Pledges on a phone: the head of a residential area writes a number, a resident signs by the link of the QR code."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, MakeVisitor, Visitor
from tests.browser.test_every_page import PICTURES, faults

SHARE = re.compile(r"(\d[\d.]*) trên (\d[\d.]*) hộ \((\d+(,\d)?) %\)")


def signed(somebody: Visitor) -> int:
    """Households that have signed, as the page of the campaign says."""
    found = SHARE.search(somebody.page.inner_text("main"))
    return int(found[1].replace(".", "")) if found else 0


def pictured(somebody: Visitor, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    somebody.page.screenshot(path=PICTURES / f"pledges-{name}.png", full_page=True)
    assert somebody.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    assert faults(somebody.page) == []


def test_the_head_of_an_area_writes_a_number_and_sees_the_share(visitor: MakeVisitor) -> None:
    head = visitor("truongban")
    page = head.page
    page.get_by_role("link", name="Ghi số đã ký").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cam kết")
    pictured(head, "open")
    page.get_by_role("link", name="Xem tiến độ").first.click()
    before = signed(head)
    page.get_by_role("link", name="Ghi số đã ký").click()
    page.get_by_label("Nhóm đã ký").select_option(label="Hộ gia đình")
    page.get_by_label("Có thêm bao nhiêu bản ký").fill("900")
    page.get_by_role("button", name="Ghi số đã ký").click()
    expect(page.locator(".error-summary")).to_contain_text("Sửa lại số này")
    page.get_by_label("Có thêm bao nhiêu bản ký").fill("5")
    pictured(head, "form")
    page.get_by_role("button", name="Ghi số đã ký").click()
    expect(page.get_by_text("Đã ghi. Đây là tiến độ lúc này.")).to_be_visible()
    assert signed(head) == before + 5
    pictured(head, "progress")
    page.get_by_role("link", name="Bản in niêm yết").click()
    expect(page.get_by_role("img", name=re.compile("Mã QR"))).to_be_visible()
    pictured(head, "board")
    assert [one for one in head.complaints if "422" not in one] == []


def test_a_resident_signs_by_the_public_link_without_a_name(visitor: MakeVisitor) -> None:
    officer, resident = visitor("canboxa"), visitor(java_script_enabled=False)
    officer.go("/activities/pledges/")
    officer.page.get_by_role("link", name="Xem tiến độ").first.click()
    before = signed(officer)
    link = officer.page.locator("main a[href*='/pledges/']").last.inner_text()

    resident.page.goto(link)
    page = resident.page
    expect(page.get_by_text("Không hỏi tên.")).to_be_visible()
    page.get_by_role("button", name="Tôi ký cam kết").click()
    expect(page.locator(".error-summary")).to_contain_text("Bạn sống ở đâu?")
    page.get_by_label("Bạn sống ở đâu?").select_option(index=3)
    page.get_by_label("Hộ gia đình").check()
    page.get_by_role("button", name="Tôi ký cam kết").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã ký. Cảm ơn bạn.")
    page.goto(link)
    expect(page.get_by_text("Máy này đã ký")).to_be_visible()

    officer.page.reload()
    assert signed(officer) == before + 1
    assert officer.complaints == []


def test_help_for_a_new_start_is_found_from_the_front_page(visitor: MakeVisitor) -> None:
    somebody = visitor()
    somebody.go("/")
    somebody.page.get_by_role("link", name="Xem các đề nghị giúp đỡ").click()
    expect(somebody.page.get_by_text("May công nghiệp (dữ liệu mẫu)")).to_be_visible()
    pictured(somebody, "offers")
    somebody.go("/pledges/?q=muong+phang")
    somebody.page.get_by_role("link", name=re.compile("Tết Nguyên đán")).click()
    pictured(somebody, "sign")
    assert somebody.complaints == []
