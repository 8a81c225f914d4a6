"""Every page, as every role: opened, pictured on a phone and a desk, light and dark, and read by axe."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.browser.conftest import ROOT, MakeVisitor, Server, Visitor

PICTURES = ROOT / "build" / "pictures"
ROLES = ["", "truongban", "canboxa", "lanhdaoxa", "tinh", "banchidao", "bo", "quantri", "kiemtoan"]
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
FILES = re.compile(
    r"export|template|download|\.(docx|pdf|csv|xlsx|json)|/api/v1/(figures|registers|openapi)|/static/|logout"
)
NOT_PAGES = re.compile(
    r"^(healthz|theme|set_language|account_logout)$|export|template|confirm|remove|restore|csv|excel|docx|pdf|json"
    r"|download|api-|openapi|resend|cancel|revoke|webauthn_login|jsi18n"
)
LOOKS = [f"{size}.{scheme}" for size in SIZES for scheme in ("light", "dark")]
SERIOUS = {"serious", "critical"}


def links(somebody: Visitor) -> list[str]:
    found = somebody.page.eval_on_selector_all(
        "a[href]", "nodes => nodes.map(node => new URL(node.getAttribute('href'), location).href)"
    )
    return [address for address in found if address.startswith(somebody.url) and not FILES.search(address)]


def route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def walk(somebody: Visitor, start: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Each route once, by following links as a user would."""
    waiting, asked = [somebody.url + start], set[str]()
    while waiting:
        address = waiting.pop(0)
        name = route(address)
        if not name or name in asked:
            continue
        asked.add(name)
        answer = somebody.page.goto(address)
        assert answer is not None
        assert answer.status < 400, f"{answer.status} {address}"
        waiting += links(somebody)
        if name not in seen:
            seen.add(name)
            yield name, address


def faults(somebody: Visitor) -> list[str]:
    violations = Axe().run(somebody.page).response["violations"]
    return [
        f"{somebody.page.url} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in violations
        if one["impact"] in SERIOUS
    ]


def picture(somebody: Visitor, name: str) -> list[str]:
    """Four pictures, and what axe and the layout say of each."""
    said = []
    page = somebody.page
    for size, viewport in SIZES.items():
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=PICTURES / f"{name}.{size}.{scheme}.png", full_page=True)
            if size == "phone":
                said += faults(somebody)
                wide = page.evaluate("() => document.documentElement.scrollWidth")
                said += [f"{page.url} is {wide} px wide"] if wide > viewport["width"] else []
    return said


def test_every_page_is_pictured_and_axe_finds_nothing_serious(visitor: MakeVisitor, server: Server) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*"):
        old.unlink()
    seen: set[str] = set()
    said: list[str] = []
    pictured: list[str] = []
    for role in ROLES:
        somebody = visitor(role)
        for name, _address in walk(somebody, "/today/" if role else "/", seen):
            label = f"{role or 'public'}-{name.replace(':', '-')}"
            said += picture(somebody, label)
            pictured.append(label)
        said += somebody.complaints
    index(pictured)
    assert said == []
    left = {name for name in names(get_resolver()) if name not in seen and not NOT_PAGES.search(name)}
    assert left <= UNREACHED, f"no path leads to {sorted(left - UNREACHED)}"


# Pages that come by themselves in the middle of signing in.
UNREACHED = {"mfa_authenticate", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{prefix}{one.name}"


def index(pictured: list[str]) -> None:
    """A page that shows them all side by side."""
    rows = [
        f"<h2>{escape(name)}</h2>"
        + "".join(f'<img loading=lazy height=600 alt="" src="{name}.{look}.png">' for look in LOOKS)
        for name in pictured
    ]
    (PICTURES / "index.html").write_text("<!doctype html><meta charset=utf-8><title>Pictures</title>" + "".join(rows))


@pytest.mark.parametrize("path", ["/khong-co-trang-nay/"])
def test_a_page_that_is_not_there_says_so_in_plain_words(visitor: MakeVisitor, path: str) -> None:
    somebody = visitor()
    answer = somebody.go(path)
    assert answer.status == 404
    assert "Không có trang này" in somebody.page.inner_text("h1")


def test_pictures_are_ignored_by_git() -> None:
    assert "/build/" in (Path(ROOT) / ".gitignore").read_text()
