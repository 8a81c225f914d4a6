"""A school session with a room code ends with attendance and learning, and nobody's name is stored."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, MakeVisitor, Server, Visitor

PUPIL = "Lò Thị Mẩy"
CLASS = "lớp 8A trường mẫu"
DUMP = """
from django.db import connection
cursor = connection.cursor()
for table in connection.introspection.table_names():
    cursor.execute(f'SELECT * FROM "{table}"')
    for row in cursor: print(table, row)
"""


def narrow(page: Page) -> None:
    page.wait_for_load_state()
    assert page.locator("html").evaluate("page => page.scrollWidth") <= PHONE["width"], page.url


def plan(officer: Visitor) -> None:
    """From the list of planned sessions to one at a school, today."""
    page = officer.page
    officer.go("/activities/planned-sessions/new/")
    page.fill("[name=planned_on]", str(date.today()))
    page.locator("[name=area]").select_option(index=1)
    page.fill("[name=place]", "Sân trường THCS")
    page.locator("[name=topics]").first.check()
    page.locator("details.panel summary").click()
    page.select_option("[name=audience]", "pupils")
    page.fill("[name=school_class]", CLASS)
    narrow(page)
    page.get_by_role("button", name="Lên lịch buổi tuyên truyền").click()
    expect(page.get_by_text("dự kiến, chưa tính vào số liệu nào")).to_be_visible()


def open_room(page: Page) -> str:
    page.get_by_role("link", name="Mở phòng có mã").click()
    page.select_option("[name=topic]", label="Lừa đảo trên không gian mạng")
    page.get_by_role("button", name="Mở phòng").click()
    code = page.locator(".room-code").inner_text()
    expect(page.locator(".qr svg")).to_be_visible()
    narrow(page)
    return code


def answer(page: Page, *, when: str, right: bool) -> None:
    page.get_by_role("link", name=when).click()
    for group in page.locator("main fieldset").all():
        group.locator("input[value=b]" if right else "input[value='']").check()
    narrow(page)
    page.get_by_role("button", name="Gửi câu trả lời").click()
    expect(page.get_by_text("câu trả lời đã được tính")).to_be_visible()


def sit_in(phone: Visitor, code: str) -> None:
    """A pupil who tries to leave a name where none is asked."""
    page = phone.page
    phone.go("/rooms/")
    page.fill("[name=code]", f"{code[:3]} {code[3:]}")
    page.get_by_role("button", name="Vào phòng").click()
    phone.go(f"/rooms/{code}/?ten={PUPIL}")
    answer(page, when="Trước khi nghe", right=False)
    page.get_by_role("button", name="Tôi có mặt").click()
    expect(page.get_by_text("Đã tính bạn có mặt")).to_be_visible()
    answer(page, when="Sau khi nghe", right=True)
    expect(page.get_by_role("button", name="Tôi có mặt")).to_have_count(0)
    narrow(page)


def test_a_school_session_with_a_room_code(visitor: MakeVisitor, server: Server) -> None:
    officer = visitor("canboxa")
    page = officer.page
    plan(officer)
    record = page.url
    code = open_room(page)
    # the second phone has no JavaScript
    phones = [visitor(user_agent=f"Phone of {PUPIL}", java_script_enabled=number != 1) for number in range(3)]
    for phone in phones:
        sit_in(phone, code)
        assert {one["name"] for one in phone.context.cookies()} == {"luytre_here"}
    page.get_by_role("link", name="Đếm lại").click()
    expect(page.locator("dl.facts dd").first).to_have_text("3")

    page.get_by_role("link", name="Đã diễn ra: ghi buổi này").click()
    expect(page.get_by_text("3 điện thoại đã bấm")).to_be_visible()
    page.get_by_label("Số người dự").fill("38")
    narrow(page)
    page.get_by_role("button", name="Ghi buổi tuyên truyền").click()
    facts = page.locator("dl.facts")
    expect(facts).to_contain_text("38")
    expect(facts).to_contain_text(CLASS)
    expect(facts).to_contain_text("3, đã nằm trong số đếm đầu người, không cộng thêm")
    expect(facts).to_contain_text("đúng 0 % trước buổi (3 phiếu)")
    narrow(page)
    assert visitor().go(f"/rooms/{code}/").status == 404
    officer.go(record.removeprefix(officer.url))
    expect(page.get_by_text("đã diễn ra ngày")).to_be_visible()

    stored = server.command("shell", "-c", DUMP) + Path(server.log).read_text()
    assert CLASS in stored, "the dump is not a dump"
    for trace in (PUPIL, PUPIL.split()[-1], "Phone of", f"'{code}'"):
        assert trace not in stored
    assert "activities_usedticket (" not in stored
    assert officer.complaints == []


def test_a_material_is_found_without_tone_marks_and_its_leaflet_is_taken(visitor: MakeVisitor) -> None:
    somebody = visitor()
    page = somebody.page
    somebody.go("/materials/?q=to+roi")
    page.locator("main .card a").first.click()
    narrow(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Lưu tệp về máy").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")
    assert somebody.complaints == []
