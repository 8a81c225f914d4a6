"""Steps at the forms that work without network."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

NEW = "/activities/outreach-sessions/new/"
ARRIVALS = re.compile(r"/arrivals/$")


def ready(somebody: Visitor) -> Visitor:
    """Until the worker stands before the pages and the forms are kept."""
    somebody.page.locator("html[data-field=kept]").wait_for(state="attached", timeout=30_000)
    return somebody


def open_form(somebody: Visitor, address: str = NEW) -> Page:
    somebody.go(address)
    somebody.page.locator("form[data-offline][data-ready]").wait_for()
    return somebody.page


def press(somebody: Visitor) -> None:
    somebody.page.locator(".form-actions button").click()


def write(somebody: Visitor, place: str, *, people: str = "30", day: str = "", tick: bool = True) -> None:
    """Open the form of a session, fill it in, press the button."""
    page = open_form(somebody)
    if page.locator("select[name=area]").count() and not page.input_value("[name=area]"):
        page.select_option("[name=area]", index=1)
    page.fill("[name=place]", place)
    page.fill("[name=attendance]", people)
    if day:
        page.fill("[name=held_on]", day)
    if tick:
        page.locator("[name=topics]").first.check()
    press(somebody)


def kept(somebody: Visitor, place: str, **how: Any) -> None:
    write(somebody, place, **how)
    somebody.page.wait_for_url("**/offline/#kept")


def found(somebody: Visitor, place: str) -> list[str]:
    """The places in the register that match, newest first."""
    somebody.go(f"/activities/outreach-sessions/?q={quote_plus(place)}")
    return somebody.page.locator("#rows [data-label='Địa điểm']").all_inner_texts()


def lose_the_reply(route: Route) -> None:
    """It reaches the server; what the server says never comes back."""
    route.fetch()
    route.abort("connectionreset")


def bring_in(somebody: Visitor, file: Path, password: str) -> None:
    page = somebody.page
    if not page.locator("#import-file").is_visible():
        page.locator(".panel summary", has_text="Lưu ra tệp").click()
    page.set_input_files("#import-file", file)
    page.fill("#import-password", password)
    page.locator("[data-import] button").click()


def photo_with_place(folder: Path) -> Path:
    """As a phone makes it: large, and with where it was taken; no two are alike."""
    image, exif, file = Image.effect_noise((2600, 1900), 80).convert("RGB"), Image.Exif(), folder / "đèn hỏng.jpg"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 23.0, 1.0), 3: "E", 4: (103.0, 1.0, 2.0)})
    image.save(file, exif=exif)
    return file


def fill_in_patrol(head: Visitor, hazard: str) -> None:
    page = open_form(head, "/activities/patrols/new/")
    page.fill("[name=began]", "20:00")
    page.fill("[name=ended]", "21:30")
    page.fill("[name=people_count]", "3")
    if not page.input_value("[name=area]"):
        page.select_option("[name=area]", index=1)
    if page.locator("[name=checkpoints]").count():
        page.locator("[name=checkpoints]").first.check()
    page.select_option("[name=hazard_kind]", index=1)
    page.fill("[name=hazard_place]", hazard)


def take_photo(head: Visitor, folder: Path) -> None:
    head.page.set_input_files("#photo-picker", photo_with_place(folder))
    expect(head.page.locator("[data-photo-list] li")).to_have_count(1)
