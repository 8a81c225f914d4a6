"""Two custodians open who a reporter is, on a phone: asked with a reason, agreed to, read once."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeVisitor, Server, Visitor
from tests.browser.test_tip_desk import WORDS, is_fine

NUMBER = """
from luytre.tips.models import Tip
print("TIP " + str(Tip.objects.filter(is_named=True).order_by("received_at").first()))
"""


def opened(custodian: Visitor) -> Page:
    """The page of the commune's desk, unlocked."""
    page = custodian.page
    custodian.go("/tips/work/identities/")
    page.get_by_role("link", name="Công an xã Mường Phăng").click()
    page.get_by_label("Các từ của bạn").fill(WORDS)
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.locator("[data-locked]")).to_be_hidden(timeout=60_000)
    return page


def test_two_custodians_and_a_reason_open_a_name_once(visitor: MakeVisitor, server: Server) -> None:
    number = server.command("shell", "-v", "0", "-c", NUMBER).split("TIP ", 1)[1].strip()
    first, second = visitor("giudanh"), visitor("giudanh2")
    page = opened(first)
    is_fine(first, "tip-custody")
    page.get_by_label("Số tin").fill(number)
    page.locator("[name=reason]").first.check()
    page.get_by_label("Số văn bản").fill("12/YC")
    page.get_by_role("button", name="Gửi đề nghị cho người giữ khác").click()
    expect(page.get_by_text("chờ người giữ danh tính khác")).to_be_visible()

    second.go("/today/")
    expect(second.page.get_by_text("Một người giữ danh tính đề nghị bạn")).to_be_visible()
    other = opened(second)
    expect(other.get_by_text("12/YC")).to_be_visible()
    is_fine(second, "tip-custody-agree")
    other.get_by_role("button", name="Đồng ý: mở lớp niêm phong của tôi").click()
    expect(other.get_by_text("Người đề nghị đọc được bây giờ")).to_be_visible()
    assert "Người gửi mẫu" not in other.content()

    page.reload()
    page.get_by_role("button", name="Đọc ngay").click()
    expect(page.locator("[data-identity]")).to_contain_text("Người gửi mẫu")
    expect(page.locator("[data-identity]")).to_contain_text("0900 000 000")
    is_fine(first, "tip-custody-read")
    page.reload()
    expect(page.get_by_text("Ai cần lần nữa thì đề nghị lại")).to_be_visible()
    assert "Người gửi mẫu" not in page.content()
    assert first.complaints == second.complaints == []
