"""The life of keys in officers' browsers: made, certified face to face, handed on, withdrawn; old answers stay."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeVisitor, Server, Visitor
from tests.browser.test_tip_desk import WORDS, found, is_fine, unlocked
from tests.browser.test_tip_reporter import Reporter

DESK = "Công an xã Mường Phăng"
NEW = "Trực ban xã chưa có khóa"

SUCCEED = """
from django.utils import timezone
from luytre.tips.models import Desk
old = Desk.objects.get(name__startswith="Công an xã Mường Phăng")
heir = Desk.objects.get(kind="province")
Desk.objects.filter(pk=old.pk).update(closed_at=timezone.now() if CLOSES else None, successor=heir if CLOSES else None)
"""


def shell(server: Server, script: str, typed: str = "", **values: object) -> str:
    said = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    return server.command("shell", "-v", "0", "-c", f"{said}\n{script}", typed=typed)


def unlock(page: Page, words: str) -> None:
    page.get_by_label("Các từ của bạn").fill(words)
    page.get_by_role("button", name="Mở khóa").click()


def make_key(officer: Visitor) -> tuple[str, str]:
    """As a new officer: the ten words and the fingerprint."""
    page = officer.page
    officer.go("/tips/work/keys/")
    is_fine(officer, "tip-my-keys")
    page.get_by_role("link", name=DESK).click()
    is_fine(officer, "tip-key-start")
    page.locator("[data-act=make]").click()
    words = page.locator("[data-words] li").all_inner_texts()
    assert len(words) == 10
    is_fine(officer, "tip-key-words")
    page.locator("[data-act=written]").click()
    for place in range(2):
        number = int(re.search(r"\d+", page.locator("[data-place]").nth(place).inner_text())[0])  # type: ignore[index]
        page.locator("form[data-step=confirm] input").nth(place).fill(words[number - 1].upper())
    is_fine(officer, "tip-key-confirm")
    page.locator("form[data-step=confirm] button[type=submit]").click()
    expect(page.locator("[data-step=done]")).to_be_visible(timeout=60_000)
    is_fine(officer, "tip-key-done")
    return " ".join(words), page.locator("[data-step=done] [data-fingerprint]").inner_text()


def give_a_passkey(somebody: Visitor) -> None:
    """A device that unlocks with a finger, as phones have it; the finger is always there."""
    wire = somebody.context.new_cdp_session(somebody.page)
    wire.send("WebAuthn.enable")
    able = dict.fromkeys(("hasResidentKey", "hasUserVerification", "hasPrf", "isUserVerified"), True)
    about = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", **able}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": {**about, "automaticPresenceSimulation": True}})


def lock_with_passkey(page: Page) -> None:
    page.get_by_role("button", name="Khóa thêm bằng khóa thiết bị").click()
    expect(page.locator("[data-passkey-status]")).to_have_text(
        "Từ nay khóa thiết bị mở được khóa này; các từ cũng vậy."
    )


def people(holder: Visitor) -> Page:
    """The page on which a holder signs, unlocked."""
    holder.go("/tips/work/keys/")
    page = holder.page
    page.get_by_role("link", name="Khóa của nơi nhận tin").first.click()
    page.wait_for_url("**/people/")
    page.locator("[data-locked]:visible, [data-unlocked]:visible").first.wait_for()
    if page.locator("[data-locked]").is_visible():
        unlock(page, WORDS)
    expect(page.locator("form[data-sign=renew]")).to_be_visible(timeout=60_000)
    return page


def certify(holder: Visitor, name: str, fingerprint: str) -> None:
    page = people(holder)
    row = page.locator("section[data-person]", has_text=name)
    expect(row.locator("[data-fingerprint]")).to_have_text(fingerprint)
    is_fine(holder, "tip-people")
    row.get_by_role("checkbox").check()
    row.get_by_role("button", name="Chứng nhận khóa này").click()
    expect(page.get_by_text("Đã ký danh sách")).to_be_visible(timeout=60_000)


def remove(holder: Visitor, name: str) -> None:
    page = people(holder)
    row = page.locator("section[data-person]", has_text=name)
    row.locator("summary").click()
    row.get_by_role("checkbox").check()
    row.get_by_role("button", name="Ký danh sách không có khóa này").click()
    expect(page.get_by_text("Đã ký danh sách")).to_be_visible(timeout=60_000)
    expect(page.locator("section[data-person]", has_text=name)).to_have_count(0)


def test_an_officer_joins_answers_and_leaves_and_the_reporter_still_reads_the_answer(
    visitor: MakeVisitor,
) -> None:
    new, holder, colleague = visitor("trucban3"), visitor("trucban2"), visitor("trucban")
    give_a_passkey(new)
    _words, fingerprint = make_key(new)
    lock_with_passkey(new.page)
    is_fine(new, "tip-key-passkey")
    new.go("/tips/work/keys/")
    expect(new.page.get_by_text("chờ người giữ khóa")).to_be_visible()
    certify(holder, NEW, fingerprint)

    page = unlocked(colleague)  # an unlocked inbox hands the desk's keys on
    expect(page.locator("[data-handing]")).to_contain_text("Đã trao khóa", timeout=60_000)

    reporter = Reporter(visitor())
    reporter.to_check(text="Ba người bẻ khoá rồi lấy máy bơm ở trạm nước")
    code = reporter.send()
    reporter.confirm(code)

    new.go("/tips/work/")
    page = new.page
    page.get_by_role("button", name="Bằng khóa thiết bị").click()
    expect(page.locator("[data-row] [data-said] .tag").first).to_be_visible(timeout=60_000)
    found(page, "may bom o tram nuoc").locator("a").click()
    expect(page.locator("[data-told]")).to_contain_text("máy bơm")
    page.get_by_label("Viết cho người báo tin").fill("Trạm nước nào, lúc mấy giờ?")
    page.get_by_role("button", name="Niêm phong và gửi").click()
    expect(page.locator("[data-talk]")).to_contain_text("Trạm nước nào")
    address = urlsplit(page.url).path

    remove(holder, NEW)
    new.go(address)
    expect(page).to_have_url(re.compile("/sign-in/"))  # signed out everywhere

    reporter.come_back(code)
    phone = reporter.page
    expect(phone.locator("[data-parts]")).to_contain_text("Trạm nước nào")  # the answer of who left stays valid
    expect(phone.locator("[data-warnings] .alert")).to_have_count(0)

    page = colleague.page
    colleague.go("/tips/work/")
    page.locator("[data-lock]").click()
    unlock(page, WORDS)
    expect(page.locator("[data-handing]")).to_contain_text("niêm phong lại bằng khóa mới", timeout=120_000)
    colleague.go(address)
    expect(page.locator("[data-told]")).to_contain_text("máy bơm")
    expect(page.locator("[data-talk]")).to_contain_text("Trạm nước nào")
    expect(page.locator("[data-faults] .alert")).to_have_count(0)

    after = Reporter(visitor())
    after.to_check(text="Sau khi đổi khoá, đèn đường bị đập")
    assert len(after.send().split()) == 10  # sealed to the new key
    colleague.go("/tips/work/")
    expect(found(page, "sau khi doi khoa")).to_be_visible()
    for somebody in (new, holder, colleague):
        assert [one for one in somebody.complaints if "401" not in one and "403" not in one] == []


def test_a_holder_makes_a_new_key_of_the_desk_and_open_tips_follow(visitor: MakeVisitor) -> None:
    holder, officer = visitor("trucban"), visitor("trucban2")
    page = people(holder)
    page.get_by_role("button", name="Tạo khóa mới cho nơi nhận tin").click()
    expect(page.get_by_text("Đã ký danh sách")).to_be_visible(timeout=60_000)
    page = unlocked(officer)
    expect(page.locator("[data-handing]")).to_contain_text("niêm phong lại bằng khóa mới", timeout=120_000)
    page.locator("[data-row] a").first.click()
    expect(page.locator("[data-told] .tip-text")).to_be_visible()


def test_a_passkey_is_put_on_and_taken_off_and_the_words_stay(visitor: MakeVisitor) -> None:
    officer = visitor("trucban2")
    give_a_passkey(officer)
    page = unlocked(officer)
    page.locator("[data-passkey] summary").click()
    lock_with_passkey(page)
    page.locator("[data-lock]").click()
    page.get_by_role("button", name="Bằng khóa thiết bị").click()
    expect(page.locator("[data-row] [data-said] .tag").first).to_be_visible()
    page.locator("[data-passkey] summary").click()
    is_fine(officer, "tip-inbox-passkey")
    page.get_by_role("button", name="Bỏ khóa thiết bị").click()
    expect(page.locator("[data-passkey-status]")).to_contain_text("không mở khóa này nữa")
    with page.expect_response("**/secrets/"):
        page.locator("[data-lock]").click()
    expect(page.get_by_role("button", name="Mở khóa")).to_be_visible()
    expect(page.locator("[data-passkey-unlock]")).to_be_hidden()
    assert officer.complaints == []


def test_a_stranger_to_the_certifying_key_signs_nothing(visitor: MakeVisitor) -> None:
    holder = visitor("trucban")
    holder.go("/tips/work/keys/")
    page = holder.page
    page.get_by_role("link", name="Khóa của nơi nhận tin").first.click()
    unlock(page, "tre vang moc ben song")
    expect(page.get_by_role("alert")).to_contain_text("không mở được khóa")
    expect(page.locator("form[data-sign=renew]")).to_be_hidden()


def test_tips_of_a_closed_desk_are_carried_to_the_one_that_follows(visitor: MakeVisitor, server: Server) -> None:
    shell(server, SUCCEED, CLOSES=True)
    try:
        officer = visitor("trucban")
        expect(officer.page.get_by_text("Còn tin ở nơi nhận tin đã đóng")).to_be_visible()
        officer.go("/tips/work/")
        page = officer.page
        page.get_by_role("link", name="Chuyển sang nơi tiếp nhận").click()
        is_fine(officer, "tip-carry")
        unlock(page, WORDS)
        page.get_by_role("button", name="Chuyển sang nơi tiếp nhận").click()
        expect(page.locator("[data-status]")).to_contain_text("Tất cả đã ở nơi nhận tin mới", timeout=120_000)
        above = visitor("tructinh", viewport={"width": 1280, "height": 900})
        inside = unlocked(above)
        inside.locator("[data-row] a").first.click()
        expect(inside.locator("[data-told] .tip-text")).to_be_visible()
        expect(inside.locator("[data-faults] .alert")).to_have_count(0)
    finally:
        shell(server, SUCCEED, CLOSES=False)
