"""A resident joins from a phone, becomes a member, is not put on duty untrained, and is recognised by the chair."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, MakeVisitor

PICTURES = ROOT / "build" / "members"
NAME = "Lò Thị Mới Vào"


def picture(page: Page, name: str) -> None:
    """Kept for the eye; nothing on a phone is wider than the phone."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, name


def ask_to_join(page: Page) -> None:
    page.get_by_label("Bạn sống ở đâu?").fill("Mường Phăng")
    page.get_by_label("Họ và tên của bạn").fill(NAME)
    page.get_by_label("Số điện thoại của bạn").fill("0912345678")
    page.get_by_label("Tôi đã đọc và đồng ý.").check()
    picture(page, "join")
    page.get_by_role("button", name="Xin tham gia").click()
    expect(page.get_by_role("heading", name="Cảm ơn bạn")).to_be_visible()


def accept(page: Page) -> None:
    page.get_by_role("link", name="Mở các đơn").click()
    picture(page, "decisions")
    page.get_by_role("link", name="xin tham gia").last.click()
    expect(page.get_by_text(NAME)).to_be_visible()
    page.get_by_label("Vào Tổ bảo vệ an ninh, trật tự này").select_option(index=1)
    picture(page, "join-answer")
    page.get_by_role("button", name="Trả lời").click()
    expect(page.get_by_text(f"{NAME} đã là thành viên.")).to_be_visible()


def test_from_joining_to_recognition(visitor: MakeVisitor) -> None:
    resident, officer, chair = visitor(), visitor("canboxa"), visitor("lanhdaoxa")
    resident.go("/registry/join/")
    ask_to_join(resident.page)

    accept(officer.page)
    officer.go("/registry/members/?q=lo+thi+moi+vao")
    picture(officer.page, "members")
    officer.page.get_by_role("link", name=NAME).click()
    expect(officer.page.get_by_text("Chưa tập huấn hoặc đã quá hạn")).to_be_visible()
    expect(officer.page.get_by_text("0912345678")).to_have_count(0)
    picture(officer.page, "member")
    officer.page.get_by_role("link", name="Xem cách liên hệ").click()
    officer.page.get_by_label("gọi đi trực, đi tuần tra").check()
    officer.page.get_by_role("button", name="Xem cách liên hệ").click()
    expect(officer.page.get_by_role("link", name="0912345678")).to_be_visible()

    officer.page.get_by_role("link", name="Về trang thành viên").click()
    team = officer.page.locator("dd", has_text="Tổ bảo vệ ANTT").first.inner_text()
    officer.go("/registry/guard-teams/")
    officer.page.get_by_role("link", name=team).first.click()
    picture(officer.page, "guard-team")
    officer.page.get_by_role("link", name="Đề nghị công nhận thành viên").click()
    officer.page.get_by_label(NAME).first.check()
    officer.page.get_by_role("button", name="Đề nghị công nhận thành viên").click()
    expect(officer.page.get_by_text("Đã trình Chủ tịch")).to_be_visible()

    chair.page.reload()
    chair.page.get_by_role("link", name="Mở phần quyết định").click()
    chair.page.get_by_role("link", name=f"Công nhận thành viên {team}").first.click()
    expect(chair.page.get_by_text(NAME)).to_be_visible()
    chair.page.get_by_label("đồng ý").check()
    chair.page.get_by_label("Ngày quyết định").fill(timezone.localdate().isoformat())
    chair.page.get_by_label("Số quyết định").fill("99/QĐ-UBND")
    chair.page.get_by_label("Người ký").fill("Chủ tịch UBND xã")
    picture(chair.page, "recognition")
    chair.page.get_by_role("button", name="Quyết định").click()
    expect(chair.page.get_by_text("Được công nhận theo Quyết định số 99/QĐ-UBND")).to_be_visible()
    officer.page.get_by_role("link", name="Danh sách niêm yết").click()
    expect(officer.page.get_by_text(NAME)).to_be_visible()
    picture(officer.page, "notice")
    assert [*resident.complaints, *officer.complaints, *chair.complaints] == []


def test_grades_equipment_rates_and_kinds_fit_a_phone(visitor: MakeVisitor) -> None:
    officer = visitor("canboxa")
    for name, path in {
        "grading-form": "/registry/gradings/new/",
        "rates": "/registry/allowance-rates/",
        "kinds": "/registry/group-kinds/",
        "mediations": "/registry/mediations/",
        "trainings": "/registry/trainings/",
    }.items():
        officer.go(path)
        expect(officer.page.get_by_role("heading", level=1)).to_be_visible()
        picture(officer.page, name)
    officer.go("/registry/guard-teams/")
    officer.page.locator("tbody th a").first.click()
    officer.page.get_by_role("link", name="Trang bị", exact=True).click()
    picture(officer.page, "equipment")
    assert officer.complaints == []
