"""An officer's morning: unlock, look through the inbox, read, classify, ask, note, pass on to the province."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, MakeVisitor, Visitor
from tests.browser.test_every_page import PICTURES, faults

PHOTO = ROOT / "luytre" / "ui" / "static" / "ui" / "icons" / "192.png"
WORDS = "tre xanh moc ben song"
DESKTOP = {"width": 1280, "height": 900}


def unlocked(somebody: Visitor) -> Page:
    """The desk's inbox, opened with words typed without marks."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    somebody.go("/tips/work/")
    page = somebody.page
    page.get_by_label("Các từ của bạn").fill(WORDS)
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.locator("[data-row] [data-said] .tag").first).to_be_visible()
    return page


def is_fine(somebody: Visitor, name: str) -> None:
    page = somebody.page
    page.screenshot(path=PICTURES / f"{name}.phone.png", full_page=True)
    assert faults(somebody.page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def act(page: Page, title: str) -> Locator:
    panel = page.locator("details.panel", has=page.locator("summary", has_text=title))
    panel.locator("summary").click()
    return panel


def found(page: Page, words: str) -> Locator:
    page.get_by_role("searchbox").fill(words)
    rows = page.locator("[data-row]:not([hidden])")
    expect(rows).to_have_count(1)
    return rows.first


def test_an_officers_morning_from_the_inbox_to_the_province(visitor: MakeVisitor) -> None:
    officer = visitor("trucban")
    page = unlocked(officer)
    is_fine(officer, "tip-inbox")
    found(page, "nhan vien ngan hang").locator("a").click()

    told = page.locator("[data-told]")
    expect(told).to_contain_text("mất 12 triệu")  # the tab is still unlocked
    expect(page.locator("[data-talk]")).to_contain_text("mỗi lần 6 triệu")
    expect(page.locator("[data-faults] .alert")).to_have_count(0)
    is_fine(officer, "tip-read")

    panel = act(page, "Phân loại tin")
    panel.get_by_label("phân loại").select_option("crime")
    expect(panel.locator("[name=classify-matter]")).to_have_value("fraud")  # as the reporter said, read in the browser
    panel.get_by_role("button", name="Phân loại tin").click()
    expect(page.get_by_text("Đã xong: Phân loại tin")).to_be_visible()

    page.get_by_label("Viết cho người báo tin").fill("Bạn còn nhớ ngân hàng nào không?")
    page.get_by_role("button", name="Niêm phong và gửi").click()
    expect(page.locator("[data-talk]")).to_contain_text("ngân hàng nào không")
    page.get_by_label("Ghi chú", exact=True).fill("Đã gọi trực ban tỉnh lúc 8 giờ")
    page.get_by_role("button", name="Niêm phong ghi chú").click()
    expect(page.locator("[data-notes]")).to_contain_text("trực ban tỉnh")
    page.reload()
    expect(page.locator("[data-notes]")).to_contain_text("trực ban tỉnh")
    expect(page.locator("[data-faults] .alert")).to_have_count(0)

    address = page.url.removeprefix(officer.url)
    panel = act(page, "Chuyển cho nơi khác")
    panel.get_by_label("lý do").select_option("TTLT 01/2017 8(5)b")
    panel.get_by_role("button", name="Chuyển cho nơi khác").click()
    page.wait_for_url("**/tips/work/*/")
    expect(page.get_by_text("Đã xong")).to_be_visible()
    answer = officer.go(address)
    assert answer.status == 404  # it is the province's now
    assert [one for one in officer.complaints if "404" not in one] == []

    above = visitor("tructinh", viewport=DESKTOP)
    unlocked(above)
    above.go(address)
    page = above.page
    expect(page.locator("[data-told]")).to_contain_text("mất 12 triệu")
    expect(page.locator("[data-talk]")).to_contain_text("ngân hàng nào không")
    expect(page.locator("[data-notes]")).to_contain_text("trực ban tỉnh")
    expect(page.locator("[data-faults] .alert")).to_have_count(0)
    page.screenshot(path=PICTURES / "tip-read.desk.png", full_page=True)
    above.go(f"{address}forms/03/")
    expect(page.locator("article.paper")).to_contain_text("mất 12 triệu")
    page.screenshot(path=PICTURES / "tip-form-03.desk.png", full_page=True)
    assert above.complaints == []


def test_what_is_locked_shows_nothing_and_wrong_words_open_nothing(visitor: MakeVisitor) -> None:
    officer = visitor("trucban2")
    officer.go("/tips/work/")
    page = officer.page
    page.get_by_label("Các từ của bạn").fill("tre vang moc ben song")
    page.get_by_role("button", name="Mở khóa").click()
    expect(page.get_by_role("alert")).to_contain_text("không mở được khóa")
    expect(page.locator("[data-rows]")).to_be_hidden()
    is_fine(officer, "tip-locked")
    unlocked(officer)
    page.get_by_role("button", name="Khóa", exact=True).click()
    expect(page.get_by_label("Các từ của bạn")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(0)


def test_a_quarter_of_an_hour_without_use_locks_the_page(visitor: MakeVisitor) -> None:
    officer = visitor("trucban2")
    officer.page.clock.install()
    page = unlocked(officer)
    page.clock.fast_forward("14:00")
    expect(page.locator("[data-row]").first).to_be_visible()
    page.clock.fast_forward("02:00")
    expect(page.get_by_label("Các từ của bạn")).to_be_visible()
    expect(page.locator("[data-row]")).to_have_count(0)


def test_the_inbox_is_worked_from_the_keyboard(visitor: MakeVisitor) -> None:
    officer = visitor("trucban2", viewport=DESKTOP)
    page = unlocked(officer)
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator("[data-row]").nth(0).locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-told] .tip-text")).to_be_visible()


def test_a_tip_that_was_heard_is_sealed_here_and_its_slip_opens_once(visitor: MakeVisitor) -> None:
    officer = visitor("trucban")
    page = unlocked(officer)
    page.get_by_role("link", name="Ghi tin nghe được").click()
    page.locator("#e-text").fill("Chuồng trâu bị cạy cửa lúc rạng sáng")
    page.locator("#e-matter").select_option("theft")
    is_fine(officer, "tip-heard")
    page.get_by_role("button", name="Niêm phong và lưu").click()
    words = page.locator("[data-slip] [data-words] li")
    expect(words).to_have_count(10)
    slip = " ".join(words.all_inner_texts())
    page.screenshot(path=PICTURES / "tip-slip.phone.png", full_page=True)

    reporter = visitor()
    phone = reporter.page
    reporter.go("/tips/return/")
    phone.locator("#code").fill(slip)
    phone.get_by_role("button", name="Mở", exact=True).click()
    own = phone.locator("[data-step=words] [data-words] li")
    expect(own).to_have_count(10)
    new = " ".join(own.all_inner_texts())
    phone.locator("[data-step=words] button").click()
    expect(phone.locator("[data-parts]")).to_contain_text("Chuồng trâu")
    for typed, opens in ((slip, False), (new, True)):
        reporter.go("/tips/return/")
        phone.locator("#code").fill(typed)
        phone.get_by_role("button", name="Mở", exact=True).click()
        expect(phone.locator("[data-parts]") if opens else phone.locator("#e-code")).to_be_visible()

    phone.locator("#files").set_input_files(
        [
            {"name": "anh.png", "mimeType": "image/png", "buffer": PHOTO.read_bytes()},
            {"name": "xe.txt", "mimeType": "text/plain", "buffer": b"bien so"},
        ]
    )
    expect(phone.locator("[data-chosen] li")).to_have_count(2)
    phone.locator("[data-act=send]").click()
    expect(phone.locator("[data-sending]")).to_contain_text("đã được niêm phong", timeout=30_000)
    page.locator("[data-slip] [data-open]").click()
    expect(page.locator("[data-told]")).to_contain_text("Chuồng trâu")
    expect(page.locator("canvas.tip-picture")).to_have_count(1)  # drawn anew: whatever else is in the file does nothing
    expect(page.locator("[data-talk]")).to_contain_text("xe.txt")
    page.get_by_text("Lưu tệp này").click()
    expect(page.get_by_text("Tệp của người lạ có thể gây hại")).to_be_visible()
    is_fine(officer, "tip-files")
    assert officer.complaints == []
