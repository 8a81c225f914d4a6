"""What befalls a phone in the field: it is full, it is closed too early, its clock is wrong, it changes hands."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import CDPSession, Route, expect

from tests.browser.conftest import MakeVisitor, Visitor
from tests.browser.offline_steps import (
    ARRIVALS,
    NEW,
    bring_in,
    fill_in_patrol,
    found,
    kept,
    open_form,
    photo_with_place,
    press,
    ready,
    write,
)

RUN = uuid4().hex[:6]
FULL = "[data-full]"


def room(somebody: Visitor, more: int) -> CDPSession:
    """Leave so many bytes more than are taken now."""
    talk = somebody.context.new_cdp_session(somebody.page)
    taken = talk.send("Storage.getUsageAndQuota", {"origin": somebody.url})["usage"]
    talk.send("Storage.overrideQuotaForOrigin", {"origin": somebody.url, "quotaSize": max(1, taken + more)})
    return talk


def room_again(somebody: Visitor, talk: CDPSession) -> None:
    talk.send("Storage.overrideQuotaForOrigin", {"origin": somebody.url})


def test_a_full_phone_says_what_to_do_and_what_is_written_goes_into_a_file_or_straight_out(
    visitor: MakeVisitor, tmp_path: Path
) -> None:
    head, file = ready(visitor("truongban")), tmp_path / "outbox.json"
    place = f"Khe Cạn {RUN}"
    talk = room(head, -1_000_000)
    head.context.set_offline(True)
    write(head, place)
    full = head.page.locator(FULL)
    expect(full).to_contain_text("Máy không còn chỗ")
    expect(full).to_contain_text("xóa bớt video hoặc ảnh")
    expect(head.page.locator("[data-saved]")).to_be_hidden()
    expect(head.page.get_by_label("Địa điểm")).to_have_value(place)
    full.locator("[data-file-password]").fill("một mật khẩu dài")
    with head.page.expect_download() as waiting:
        full.locator("[data-save-as-file]").click()
    waiting.value.save_as(file)
    expect(full.locator("[data-file-saved]")).to_be_visible()

    head.context.set_offline(False)
    press(head)  # with network it needs no room
    expect(head.page.get_by_text("Đã ghi. Số liệu đã đổi theo.")).to_be_visible()
    room_again(head, talk)
    head.go("/offline/")
    bring_in(head, file, "một mật khẩu dài")
    item = head.page.locator(".outbox > li")
    expect(item).to_contain_text("đang viết")
    item.get_by_role("link", name="Mở").click()
    head.page.locator("form[data-ready]").wait_for()
    press(head)
    expect(head.page.locator("h1")).to_contain_text(place)
    assert found(head, place) == [place]


def test_what_waited_before_the_phone_was_full_still_goes_out(visitor: MakeVisitor) -> None:
    head, place = ready(visitor("truongban")), f"Khe Sâu {RUN}"
    head.context.set_offline(True)
    kept(head, f"{place} A")
    kept(head, f"{place} B")
    room(head, -1_000_000)
    head.context.set_offline(False)
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, place) == [f"{place} B", f"{place} A"]


LITTLE_ROOM = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, ...rest) {
  if (value.sealed?.byteLength > 500_000) throw new DOMException("no room", "QuotaExceededError");
  return put.call(this, value, ...rest);
};"""  # Chromium measures too coarsely to be left with room for half a photo


def test_a_photo_without_room_can_be_kept_smaller(visitor: MakeVisitor, tmp_path: Path) -> None:
    head = visitor("truongban")
    head.context.add_init_script(LITTLE_ROOM)
    ready(head)
    fill_in_patrol(head, f"Cầu treo {RUN}")
    head.context.set_offline(True)
    head.page.set_input_files("#photo-picker", photo_with_place(tmp_path))
    photo = head.page.locator("[data-photo-list] li")
    expect(photo).to_contain_text("Máy không còn chỗ cho ảnh này")
    press(head)  # not without its photo: somebody must decide
    expect(head.page.locator(FULL)).to_be_visible()
    photo.locator("[data-smaller]").click()
    expect(photo.locator("[data-no-room]")).to_be_hidden()
    expect(head.page.locator(FULL)).to_be_hidden()
    press(head)
    head.page.wait_for_url("**/offline/#kept")
    head.context.set_offline(False)
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    head.go("/activities/patrols/")
    head.page.locator("#rows tbody th a").first.click()
    expect(head.page.locator(".photos img")).to_have_count(1)


def test_a_full_phone_with_network_sends_the_photo_from_the_page(visitor: MakeVisitor, tmp_path: Path) -> None:
    head = visitor("truongban")
    head.context.add_init_script(LITTLE_ROOM)
    ready(head)
    fill_in_patrol(head, f"Cầu tre {RUN}")
    head.page.set_input_files("#photo-picker", photo_with_place(tmp_path))
    expect(head.page.locator("[data-photo-list] li [data-smaller]")).to_be_visible()
    press(head)
    expect(head.page.locator(".photos img")).to_have_count(1, timeout=20_000)
    open_form(head, "/activities/patrols/new/")  # nothing of it is left to be taken up again
    expect(head.page.locator(".draft-notice")).to_have_count(0)


def wake(somebody: Visitor) -> None:
    """The browser wakes the worker, as it does when the network is back, with no page of ours open."""
    blank = somebody.context.new_page()
    talk = somebody.context.new_cdp_session(blank)
    known: list[dict[str, Any]] = []
    talk.on("ServiceWorker.workerRegistrationUpdated", lambda said: known.extend(said["registrations"]))
    talk.send("ServiceWorker.enable")
    for page in somebody.context.pages:
        if page != blank:
            page.close()
    somebody.page = blank
    blank.wait_for_timeout(300)
    mine = next(one for one in known if one["scopeURL"].startswith(somebody.url) and not one["isDeleted"])
    event = {"origin": somebody.url, "registrationId": mine["registrationId"], "tag": "outbox", "lastChance": False}
    talk.send("ServiceWorker.dispatchSyncEvent", event)


def test_with_every_page_closed_the_worker_sends_when_the_network_is_back(visitor: MakeVisitor, tmp_path: Path) -> None:
    head, place = ready(visitor("truongban")), f"Nương Xa {RUN}"
    head.context.set_offline(True)
    kept(head, place)
    fill_in_patrol(head, place)
    head.page.set_input_files("#photo-picker", photo_with_place(tmp_path))
    expect(head.page.locator("[data-photo-list] li")).to_have_count(1)
    press(head)
    head.page.wait_for_url("**/offline/#kept")
    wake(head)
    head.page.wait_for_timeout(1_000)
    head.context.set_offline(False)
    wake(head)
    stranger = visitor("truongban")  # another device: this one opens no page of ours
    for _ in range(20):
        if found(stranger, place):
            break
    assert found(stranger, place) == [place]
    stranger.go("/activities/patrols/")
    stranger.page.locator("#rows tbody th a").first.click()
    expect(stranger.page.locator(".photos img")).to_have_count(1)


def test_what_is_changed_after_a_copy_went_elsewhere_is_compared(
    head: Visitor, visitor: MakeVisitor, tmp_path: Path
) -> None:
    file, place = tmp_path / "outbox.json", f"Bản Mới {RUN}"
    page = open_form(head)
    fill(head, place)
    expect(page.locator("[data-saved]")).to_be_visible()
    head.go("/offline/")
    page.locator(".panel summary", has_text="Lưu ra tệp").click()
    with page.expect_download() as waiting:
        page.locator("[data-export] button").click()
    waiting.value.save_as(file)
    other = visitor("truongban")
    other.go("/offline/")
    bring_in(other, file, "")
    other.page.locator(".outbox > li").get_by_role("link", name="Mở").click()
    other.page.locator("form[data-ready]").wait_for()
    press(other)
    expect(other.page.locator("h1")).to_contain_text(place)
    page.locator(".outbox > li").get_by_role("link", name="Mở").click()
    page.locator("form[data-ready]").wait_for()
    page.fill("[name=attendance]", "77")
    press(head)
    expect(page.locator(".outbox > li")).to_contain_text("đã đến sổ trước khi bạn sửa")


def fill(somebody: Visitor, place: str) -> None:
    page = somebody.page
    if page.locator("select[name=area]").count() and not page.input_value("[name=area]"):
        page.select_option("[name=area]", index=1)
    page.fill("[name=place]", place)
    page.fill("[name=attendance]", "30")
    page.locator("[name=topics]").first.check()


def test_who_signed_in_meanwhile_does_not_send_the_work_of_another(visitor: MakeVisitor) -> None:
    head, place = ready(visitor("truongban")), f"Chợ Đêm {RUN}"
    officer = visitor("canboxa")
    cookies: list[Any] = list(officer.context.cookies())
    page = open_form(head)
    fill(head, place)

    def change_hands(route: Route) -> None:
        """Between the question who is here and the sending, another tab signs in."""
        answer = route.fetch()
        head.context.clear_cookies()
        head.context.add_cookies(cookies)
        route.fulfill(response=answer)

    head.context.route("**/offline/state/", change_hands, times=1)
    press(head)
    expect(page.locator("[data-others]")).to_be_visible()
    assert found(officer, place) == []


CLOCK_WAS_AHEAD = """async () => {
  const done = (asked) => new Promise((told) => { asked.onsuccess = () => told(asked.result); });
  const items = (await done(indexedDB.open("luytre-offline"))).transaction("items", "readwrite").objectStore("items");
  for (const one of await done(items.getAll())) await done(items.put({ ...one, tries: 1, nextAt: Date.now() + 4e10 }));
}"""


def test_a_clock_that_was_ahead_holds_nothing_back(head: Visitor) -> None:
    place = f"Đồng Hồ {RUN}"
    head.context.set_offline(True)
    kept(head, place)
    head.page.evaluate(CLOCK_WAS_AHEAD)  # tried when the phone believed it was next year, and set right since
    head.context.set_offline(False)
    expect(head.page.locator("[data-nothing]")).to_be_visible()
    assert found(head, place) == [place]


def older_form(head: Visitor) -> Callable[[Route], None]:
    """The page of before an update: it asked one thing that is asked no longer, and called another by another name.

    It is asked for beforehand: a page that takes long to come is answered by the form kept on the phone.
    """
    answer = head.context.request.get(head.url + NEW)
    question = (
        '<div class="field"><label for="id_weather">Thời tiết</label><input id="id_weather" name="weather"></div>'
    )
    body = answer.text().replace('<div class="form-actions">', question + '<div class="form-actions">')
    return lambda route: route.fulfill(response=answer, body=body)


def test_a_draft_of_an_older_form_loses_no_answer(head: Visitor) -> None:
    place = f"Sương Mù {RUN}"
    head.context.route(re.compile(re.escape(NEW)), older_form(head))
    page = open_form(head)
    fill(head, place)
    page.fill("[name=weather]", "mưa to")
    head.context.unroute(re.compile(re.escape(NEW)))
    head.context.route(ARRIVALS, lambda route: route.abort())
    press(head)
    page.wait_for_url("**/offline/#kept")
    head.context.unroute(ARRIVALS)
    page.locator("[data-send]").click()
    item = page.locator(".outbox > li")
    expect(item).to_contain_text("Biểu mẫu đã đổi")  # not recorded without its answer
    item.get_by_role("link", name="Mở").click()
    page.locator("form[data-ready]").wait_for()
    expect(page.locator("[data-homeless]")).to_contain_text("Thời tiết: mưa to")
    press(head)
    expect(page.locator("h1")).to_contain_text(place)


def test_one_refused_photo_holds_no_other_back(head: Visitor, tmp_path: Path) -> None:
    fill_in_patrol(head, f"Trạm bơm {RUN}")
    for number in range(2):
        head.page.set_input_files("#photo-picker", photo_with_place(tmp_path))
        expect(head.page.locator("[data-photo-list] li")).to_have_count(number + 1)
    head.context.route(re.compile(r"/photos/$"), lambda route: route.fulfill(status=422, body="{}"), times=1)
    press(head)
    head.page.wait_for_url("**/offline/#kept")
    expect(head.page.locator(".outbox > li")).to_contain_text("chỉ còn ảnh đang chờ")
    head.page.locator(".outbox > li").get_by_role("link", name="Xem bản ghi").click()
    expect(head.page.locator(".photos img")).to_have_count(1)


def test_what_is_typed_while_it_is_on_its_way_makes_no_second_draft(head: Visitor) -> None:
    place = f"Bến Xe {RUN}"
    page = open_form(head)
    fill(head, place)
    head.context.route(ARRIVALS, lambda route: (page.wait_for_timeout(900), route.continue_()))
    page.locator(".form-actions button").click()
    page.evaluate("document.querySelector('[name=place]').focus()")
    page.keyboard.type("xyz")
    expect(page.locator("h1")).to_contain_text(place)
    head.go("/offline/")
    expect(page.locator(".outbox > li")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "answers"),
    [
        ("/activities/unit-counts/new/", {"unit_count": "180"}),
        ("/activities/pledge-counts/new/", {"signed_count": "1"}),
    ],
)
def test_counts_of_a_round_are_written_without_network(head: Visitor, address: str, answers: dict[str, str]) -> None:
    before = rows(head, address)
    head.context.set_offline(True)
    page = open_form(head, address)
    for name, answer in answers.items():
        page.fill(f"[name={name}]", answer)
    for name in ("campaign", "area", "signer"):
        if page.locator(f"select[name={name}]").count() and not page.input_value(f"[name={name}]"):
            page.select_option(f"[name={name}]", index=1)
    press(head)
    page.wait_for_url("**/offline/#kept")
    head.context.set_offline(False)
    expect(page.locator("[data-nothing]")).to_be_visible()
    assert rows(head, address) == before + 1


def rows(somebody: Visitor, address: str) -> int:
    somebody.go(address.removesuffix("new/"))
    return somebody.page.locator("#rows tbody tr").count()
