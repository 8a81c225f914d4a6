"""Work without network, on a phone: whatever happens on the way, each record arrives once and none is lost."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote_plus
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import PASSWORD, PHONE, MakeVisitor, Server, Visitor, browser_path
from tests.browser.offline_steps import (
    ARRIVALS,
    NEW,
    bring_in,
    fill_in_patrol,
    found,
    kept,
    lose_the_reply,
    open_form,
    press,
    ready,
    take_photo,
    write,
)

OpenPhone = Callable[..., Visitor]
# Playwright cuts a worker off only once it runs; a proxy that is not there cuts off everything from the start.
UNPLUGGED = ["--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>"]
RUN = uuid4().hex[:6]  # other runs may have left their records on the same server


@pytest.fixture
def phone(server: Server, chromium: Browser, tmp_path: Path) -> Iterator[OpenPhone]:
    """One phone that can be put away and taken up again: what its browser keeps stays on its disk."""
    opened: list[BrowserContext] = []

    def take_up(*options: str) -> Visitor:
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=browser_path(),
            args=["--no-sandbox", *options],
            locale="vi-VN",
            viewport=PHONE,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return Visitor(context, context.pages[0], server.url)

    yield take_up
    for context in opened:
        context.close()


def test_two_sessions_written_in_the_forest_arrive_the_next_day_once_and_in_order(phone: OpenPhone) -> None:
    head = ready(phone().sign_in("truongban"))
    head.context.set_offline(True)
    kept(head, f"Gốc đa {RUN} một")
    kept(head, f"Gốc đa {RUN} hai")
    expect(head.page.locator(".outbox > li")).to_have_count(2)
    expect(head.page.locator("a.waiting")).to_contain_text("2 đang chờ")
    assert "Gốc đa" not in everything_stored(head.page)
    head.go("/territory/")  # nothing kept for this one: the page says what works
    expect(head.page.get_by_role("heading", level=1)).to_have_text("Ghi khi mất mạng")
    head.context.close()

    head = phone(*UNPLUGGED)  # the next day, still without network
    head.go("/offline/")
    expect(head.page.locator(".outbox > li")).to_have_count(2)
    expect(head.page.locator(".outbox > li").first).to_contain_text(f"Gốc đa {RUN} một")
    head.context.close()

    head = phone()  # back in the village; the session has ended with the browser
    head.go("/offline/")
    sign_in_here(head)
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, f"Gốc đa {RUN}") == [f"Gốc đa {RUN} hai", f"Gốc đa {RUN} một"]


def sign_in_here(head: Visitor) -> None:
    head.page.fill("[name=login]", "truongban")
    head.page.fill("[name=password]", PASSWORD)
    head.page.locator("form:has([name=password]) button[type=submit]").first.click()


def test_who_was_signed_out_signs_in_and_it_goes_on(visitor: MakeVisitor) -> None:
    head = ready(visitor("truongban"))
    head.context.set_offline(True)
    kept(head, f"Bãi Bồi {RUN}")
    head.context.clear_cookies()
    head.context.set_offline(False)
    expect(head.page.locator("[data-signed-out]")).to_be_visible()
    head.page.locator("[data-signed-out] a").click()
    sign_in_here(head)
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, f"Bãi Bồi {RUN}") == [f"Bãi Bồi {RUN}"]


def everything_stored(page: Page) -> str:
    """All that IndexedDB and the local storage hold, as far as it can be read."""
    return str(page.evaluate(READ_EVERYTHING))


READ_EVERYTHING = """async () => {
  const done = (asked) => new Promise((told) => { asked.onsuccess = () => told(asked.result); });
  const database = await done(indexedDB.open("luytre-offline"));
  const all = (name) => done(database.transaction(name).objectStore(name).getAll());
  if ((await all("keys")).some((key) => key.extractable)) return "Gốc đa: the key can be taken away";
  const read = (value) => (value?.byteLength === undefined ? String(value) : new TextDecoder().decode(value));
  const rows = [...await all("items"), ...await all("photos")];
  return rows.map((row) => Object.values(row).map(read).join("|")).join() + JSON.stringify(localStorage);
}"""


ANSWERS: dict[str, Callable[[Route], None]] = {
    "401": lambda route: route.fulfill(status=401, body=""),
    "500": lambda route: route.fulfill(status=500, body="<h1>oops</h1>"),
    "502": lambda route: route.fulfill(status=502, body=""),
    "a café's sign-in page": lambda route: route.fulfill(status=200, body="<h1>Wi-Fi</h1>"),
    "a lost reply": lose_the_reply,
    "no way through": lambda route: route.abort("connectionfailed"),
}


@pytest.mark.parametrize("trouble", ANSWERS)
def test_trouble_on_the_way_loses_nothing_and_doubles_nothing(head: Visitor, trouble: str) -> None:
    place = f"Nhà Trẻ {RUN}-{list(ANSWERS).index(trouble)}"
    head.context.route(ARRIVALS, ANSWERS[trouble])
    kept(head, f"{place} A")
    kept(head, f"{place} B")
    expect(head.page.locator(".outbox > li")).to_have_count(2)
    head.context.unroute(ARRIVALS)
    head.page.locator("[data-send]").click()
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, place) == [f"{place} B", f"{place} A"]


@pytest.mark.parametrize("status", [409, 413, 404])
def test_what_the_server_refuses_is_set_aside_with_its_reason_and_the_rest_goes_on(head: Visitor, status: int) -> None:
    place, body = f"Sân Kho {RUN}-{status}", json.dumps({"message": "Lý do thử"})
    head.context.route(ARRIVALS, lambda route: route.fulfill(status=status, body=body), times=1)
    kept(head, f"{place} A")
    item = head.page.locator(".outbox > li")
    expect(item).to_contain_text("Lý do thử")
    expect(item).to_contain_text("cần sửa")
    write(head, f"{place} B")
    expect(head.page.get_by_text("Đã ghi. Số liệu đã đổi theo.")).to_be_visible()
    head.go("/offline/")
    expect(item).to_have_count(1)
    head.page.locator("[data-send]").click()
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, place) == [f"{place} A", f"{place} B"]


def test_what_must_be_mended_is_shown_beside_the_draft_and_can_be_mended(head: Visitor) -> None:
    head.context.set_offline(True)
    kept(head, f"Bờ Suối {RUN}", day="2099-01-01")
    head.context.set_offline(False)
    item = head.page.locator(".outbox > li")
    expect(item).to_contain_text("Ngày này chưa tới")
    item.get_by_role("link", name="Mở").click()
    head.page.locator("form[data-ready]").wait_for()
    expect(head.page.locator(".error-summary")).to_contain_text("Ngày này chưa tới")
    expect(head.page.get_by_label("Địa điểm")).to_have_value(f"Bờ Suối {RUN}")
    head.page.fill("[name=held_on]", "2026-11-02")
    head.page.locator(".form-actions button").click()
    expect(head.page.get_by_text("Đã ghi. Số liệu đã đổi theo.")).to_be_visible()
    assert found(head, f"Bờ Suối {RUN}") == [f"Bờ Suối {RUN}"]


def test_a_change_after_a_lost_reply_is_shown_as_a_conflict_and_can_be_brought_in(head: Visitor) -> None:
    head.context.route(ARRIVALS, lose_the_reply)
    kept(head, f"Đầu Cầu {RUN}")
    head.page.locator(".outbox > li").get_by_role("link", name="Mở").click()
    head.page.locator("form[data-ready]").wait_for()  # open here, so nobody sends it meanwhile
    head.context.unroute(ARRIVALS)
    head.page.fill("[name=attendance]", "77")
    head.page.locator(".form-actions button").click()
    head.page.wait_for_url("**/offline/#kept")
    item = head.page.locator(".outbox > li")
    expect(item).to_contain_text("đã đến sổ trước khi bạn sửa")
    item.get_by_role("link", name="Sửa bản ghi theo bản này").click()
    expect(head.page.locator("[name=attendance]")).to_have_value("77")
    head.page.locator(".form-actions button").click()
    expect(head.page.locator("main")).to_contain_text("77")
    assert found(head, f"Đầu Cầu {RUN}") == [f"Đầu Cầu {RUN}"]


def test_two_tabs_do_not_send_twice(head: Visitor) -> None:
    arrived: list[str] = []
    head.context.on("request", lambda request: arrived.append(request.url) if ARRIVALS.search(request.url) else None)
    head.context.set_offline(True)
    kept(head, f"Chợ Phiên {RUN} A")
    kept(head, f"Chợ Phiên {RUN} B")
    other = head.context.new_page()
    other.goto(head.url + "/offline/")
    expect(other.locator(".outbox > li")).to_have_count(2)
    arrived.clear()
    head.context.set_offline(False)
    for page in (other, head.page):
        expect(page.locator("[data-nothing]")).to_be_visible()
    assert len(arrived) == 2
    assert found(head, f"Chợ Phiên {RUN}") == [f"Chợ Phiên {RUN} B", f"Chợ Phiên {RUN} A"]


def test_a_draft_that_one_tab_has_open_is_not_given_to_another(head: Visitor) -> None:
    head.go(NEW)
    head.page.locator("form[data-ready]").wait_for()
    head.page.fill("[name=place]", "Đang viết dở")
    expect(head.page.locator("[data-saved]")).to_be_visible()
    other = head.context.new_page()
    other.goto(head.url + NEW)
    other.locator("form[data-ready]").wait_for()
    assert other.input_value("[name=place]") == ""
    assert other.input_value("[name=uid]") != head.page.input_value("[name=uid]")
    other.close()
    uid = head.page.input_value("[name=uid]")
    head.go("/today/")
    head.go(NEW)  # an unfinished draft is put back, under its own number
    expect(head.page.get_by_label("Địa điểm")).to_have_value("Đang viết dở")
    assert head.page.input_value("[name=uid]") == uid
    head.page.locator(".draft-notice button").click()
    expect(head.page.get_by_label("Địa điểm")).to_have_value("")


TAKE_A_NEWER_WORKER = """async () => {
  const before = (await navigator.serviceWorker.getRegistration()).active.scriptURL;
  const changed = new Promise((told) => { navigator.serviceWorker.addEventListener("controllerchange", told); });
  await navigator.serviceWorker.register("/service-worker.js?a-newer-one", { type: "module" });
  await changed;
  return [before, navigator.serviceWorker.controller.scriptURL];
}"""


def test_a_new_worker_takes_over_and_the_drafts_stay(visitor: MakeVisitor) -> None:
    head = ready(visitor("truongban"))
    head.context.set_offline(True)
    kept(head, f"Rừng Thông {RUN}")
    head.context.set_offline(False)
    head.context.route(ARRIVALS, lambda route: route.abort())
    scripts = head.page.evaluate(TAKE_A_NEWER_WORKER)
    assert scripts[0] != scripts[1]
    head.context.set_offline(True)
    head.go("/offline/")
    expect(head.page.locator(".outbox > li")).to_contain_text(f"Rừng Thông {RUN}")


def test_what_waits_can_be_carried_to_another_phone_in_a_locked_file(
    head: Visitor, visitor: MakeVisitor, tmp_path: Path
) -> None:
    head, file = ready(visitor("truongban")), tmp_path / "outbox.json"
    head.context.set_offline(True)
    kept(head, f"Bến Đò {RUN}")
    head.page.locator(".panel summary", has_text="Lưu ra tệp").click()
    head.page.fill("#export-password", "một mật khẩu dài")
    with head.page.expect_download() as waiting:
        head.page.locator("[data-export] button").click()
    waiting.value.save_as(file)
    assert f"Bến Đò {RUN}" not in file.read_text()

    other = visitor("truongban")
    other.go("/offline/")
    bring_in(other, file, "sai mật khẩu")
    expect(other.page.locator("[data-status]")).to_contain_text("Không mở được tệp")
    bring_in(other, file, "một mật khẩu dài")
    expect(other.page.locator(".outbox > li")).to_contain_text(f"Bến Đò {RUN}")
    other.page.locator("[data-send]").click()
    expect(other.page.locator("[data-nothing]")).to_be_visible()

    head.context.set_offline(False)  # the first phone comes back as well
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, f"Bến Đò {RUN}") == [f"Bến Đò {RUN}"]

    stranger = visitor("canboxa")
    stranger.go("/offline/")
    bring_in(stranger, file, "một mật khẩu dài")
    expect(stranger.page.locator("[data-status]")).to_contain_text("tài khoản khác")


def test_drafts_belong_to_the_account_that_wrote_them(visitor: MakeVisitor) -> None:
    head = visitor("truongban")
    head.context.route(ARRIVALS, lambda route: route.abort())
    kept(head, f"Nương Cao {RUN}")
    head.page.locator("[data-sign-out]").last.evaluate("form => form.requestSubmit()")
    head.page.wait_for_url("**/sign-in/**")
    head.context.unroute(ARRIVALS)
    officer = head.sign_in("canboxa")
    officer.go("/offline/")
    expect(officer.page.locator("[data-others]")).to_contain_text("1 bản nữa là của tài khoản khác")
    expect(officer.page.locator(".outbox > li")).to_have_count(0)
    assert found(officer, f"Nương Cao {RUN}") == []


def test_the_offline_pages_fit_a_phone_and_say_nothing_wrong(visitor: MakeVisitor) -> None:
    head = ready(visitor("truongban"))
    head.go("/offline/")
    assert head.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    assert head.complaints == []


def mediate(head: Visitor) -> None:
    page = open_form(head, "/registry/mediations/new/")
    if not page.input_value("[name=area]"):
        page.select_option("[name=area]", index=1)
    page.fill("[name=received]", "2")
    page.fill("[name=settled]", "2")
    page.fill("[name=unsettled]", "0")
    page.locator(".form-actions button").click()


def test_a_day_without_network_arrives_whole_a_session_a_patrol_with_a_photo_and_a_mediation(
    phone: OpenPhone, tmp_path: Path
) -> None:
    head = ready(phone().sign_in("truongban"))
    head.context.set_offline(True)
    kept(head, f"Sàn Nhà Dài {RUN}")
    fill_in_patrol(head, f"Cột đèn đầu bản {RUN}")
    take_photo(head, tmp_path)
    press(head)
    head.page.wait_for_url("**/offline/#kept")
    mediate(head)
    head.page.wait_for_url("**/offline/#kept")
    head.context.close()

    head = phone(*UNPLUGGED)
    head.go("/offline/")
    waiting = head.page.locator(".outbox > li")
    expect(waiting).to_have_count(3)
    names = waiting.locator("[data-name]").all_text_contents()
    assert names == ["Buổi tuyên truyền", "Buổi tuần tra", "Vụ việc hòa giải"]
    head.context.close()

    head = phone()
    arrived: list[str] = []
    head.context.on("request", lambda request: arrived.append(request.url) if request.method == "POST" else None)
    head.go("/offline/")
    sign_in_here(head)
    expect(head.page.locator("[data-nothing]")).to_be_visible(timeout=20_000)
    order = [address.split("/")[4] for address in arrived if ARRIVALS.search(address)]
    assert order == ["outreach-sessions", "patrols", "mediations"]
    assert found(head, f"Sàn Nhà Dài {RUN}") == [f"Sàn Nhà Dài {RUN}"]
    head.go(f"/activities/hazards/?q={quote_plus(f'Cột đèn đầu bản {RUN}')}")
    expect(head.page.locator("#rows tbody tr")).to_have_count(1)
    head.go("/activities/patrols/")
    head.page.locator("#rows tbody th a").first.click()
    picture = head.page.locator(".photos img")
    expect(picture).to_have_count(1)
    content = head.context.request.get(head.url + str(picture.get_attribute("src"))).body()
    assert content[:2] == b"\xff\xd8"
    assert b"Exif" not in content


def test_a_photo_that_is_too_big_is_made_smaller_and_sent_again(head: Visitor, tmp_path: Path) -> None:
    sizes = list[int]()

    def too_big(route: Route) -> None:
        sizes.append(len(route.request.post_data_buffer or b""))
        route.fulfill(status=413, body="") if len(sizes) == 1 else route.continue_()

    head.context.route(re.compile(r"/photos/$"), too_big)
    fill_in_patrol(head, f"Cột đèn đầu bản {RUN}")
    take_photo(head, tmp_path)
    press(head)
    expect(head.page.locator(".photos img")).to_have_count(1)
    assert len(sizes) == 2
    assert sizes[1] < sizes[0]
