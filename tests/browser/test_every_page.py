"""Every page, as every role: opened, pictured on a phone and a desk, light and dark, and read by axe."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD, ROOT, MakeVisitor, Server, Visitor
from tests.browser.test_signing_in import with_device

PICTURES = ROOT / "build" / "pictures"
ROLES = ["", "truongban", "canboxa", "lanhdaoxa", "tinh", "banchidao", "bo", "quantri", "kiemtoan", "trucban"]
ROLES += ["trucban3", "giudanh"]  # an officer without a key, and a custodian
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
FILES = re.compile(
    r"export|template|download|\.(docx|pdf|csv|xlsx|json)|/api/v1/(figures|registers|openapi)|/static/|logout"
    r"|recovery-codes/file"
)
NOT_PAGES = re.compile(
    r"^(healthz|theme|set_language|account_logout)$|export|template|confirm|remove|restore|csv|excel|docx|pdf|json"
    r"|^hazard-(handover|progress|mending|look)$|^duty-(assign|end|shift-removal|swap-answer|shifts-add|copy-week)$"
    r"|change-force$|change-withdrawal$|change-list-draft$"
    r"|download|api-|openapi|approval$|-step$|refusal$|revocation$|lift$|login_webauthn$|report-word$|trend$"
    r"|^desk:(rows|keys|sealed|parts?|heard|act|answer|ask|drop|holder|draft|publish|hold|found|dismiss|missing|stale|passkey)$"
    r"|^desk:(carried|custodian|identity-\w+)$"
    r"|^(offline-state|service-worker|manifest)$|-arrivals$|-photo$|-photo-add$"
)
HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
KIT_PAGES = re.compile(r"-(imports|import|merges|counts|print)$")
LOOKS = [f"{size}.{scheme}" for size in SIZES for scheme in ("light", "dark")]
AXE = Axe().axe_script
ONLY_FAULTS = {"resultTypes": ["violations"]}
SERIOUS = {"serious", "critical"}
RECORDS = re.compile(r"-record$|:change$")
TALLEST = 4000


def links(somebody: Visitor, address: str, *, is_known: bool) -> list[str]:
    """Where a page leads. A page that somebody was shown before is only asked for, not shown once more."""
    if is_known:
        answer = somebody.context.request.get(address)
        assert answer.status < 400, f"{answer.status} {address}"
        found = [urljoin(answer.url, unescape(one)) for one in HREF.findall(answer.text())]
    else:
        shown = somebody.page.goto(address)
        assert shown is not None
        assert shown.status < 400, f"{shown.status} {address}"
        found = somebody.page.eval_on_selector_all(
            "a[href]", "nodes => nodes.map(node => new URL(node.getAttribute('href'), location).href)"
        )
    return [address for address in found if address.startswith(somebody.url) and not FILES.search(address)]


def route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def walk(somebody: Visitor, start: list[str], lists: list[str], seen: set[str]) -> Iterator[tuple[str, str]]:
    """Each route once, by following links as a user would; of the lists named, every record that stands on them."""
    waiting, asked = deque(somebody.url + path for path in [*start, *lists]), set[str]()
    whole, wanted = {somebody.url + path for path in lists}, set(waiting)
    while waiting:
        address = waiting.popleft()
        name = route(address)
        if not name or (name in asked and address not in wanted):
            continue
        wanted.discard(address)
        asked.add(name)
        found = links(somebody, address, is_known=name in seen)
        waiting += found
        if address in whole:
            wanted |= {one for one in found if RECORDS.search(route(one))}
        if name not in seen:
            yield name, address


def faults(page: Page, **options: object) -> list[str]:
    """What axe calls serious; it is brought into each page once."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("asked => axe.run(asked).then(said => said.violations)", {**ONLY_FAULTS, **options})
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations if one["impact"] in SERIOUS
    ]


# What can have a colour of its own: the same elements with the same classes look alike on every page.
DRESSED = "() => [...document.querySelectorAll('*')].map(node => `${node.tagName}.${node.getAttribute('class')}`)"


def picture(somebody: Visitor, name: str, dressed: set[str]) -> list[str]:
    """Four pictures, and what axe and the layout say of each; of the dark only the colours of new parts do."""
    said = []
    page = somebody.page
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            snap(page, name, f"{size}.{scheme}")
            if size == "phone" and scheme == "light":
                said += faults(page)
            elif size == "phone" and not dressed.issuperset(worn := page.evaluate(DRESSED)):
                said += faults(page, runOnly=["color-contrast"])
                dressed.update(worn)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        said += [f"{page.url} is {wide} px wide"] if wide > viewport["width"] else []
    return said


def snap(page: Page, name: str, look: str) -> None:
    """The page from its top, as far down as an eye follows."""
    tall = page.evaluate("() => document.documentElement.scrollHeight")
    size = page.viewport_size
    assert size is not None
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)}
    page.screenshot(path=PICTURES / f"{name}.{look}.jpg", full_page=True, clip=clip, type="jpeg", quality=60)  # type: ignore[arg-type]


@pytest.mark.slow
def test_every_page_is_pictured_and_axe_finds_nothing_serious(visitor: MakeVisitor, server: Server) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*"):
        old.unlink()
    album = Album()
    people = {role: visitor(role, reduced_motion="reduce") for role in ROLES}
    ask_for_a_release(people["tinh"])
    keep_reports(people["canboxa"], people["lanhdaoxa"])
    ask_about_oneself(people[""])
    album.add(people[""], "", "administration:state")
    set_up_second_step(people["kiemtoan"])  # nobody signs in as them in another test
    starts = {role: ["/today/"] for role in ROLES} | {"": ["/", *UNLINKED]}
    starts["canboxa"].append(send_a_member_away(people["canboxa"]))
    starts["canboxa"].append(ask_whose_account(people["canboxa"], "truongban"))
    for role, somebody in people.items():
        for name, _address in walk(somebody, starts[role], WHOLE_LISTS.get(role, []), album.seen):
            album.add(somebody, role, name)
        album.said += somebody.complaints
    index(album.labels)
    assert album.said == []
    left = {name for name in names(get_resolver()) if name not in album.seen and not NOT_PAGES.search(name)}
    left -= UNREACHED | AFTER_AN_ACT
    assert not left, f"no path leads to {sorted(left)}"


UNREACHED = {
    "account_inactive",
    "account_reauthenticate",
    "account_set_password",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
# Where the scripts of the tip line fetch from and send to.
UNREACHED |= {
    f"tips:{name}"
    for name in (
        *("keys", "places", "desks", "sealed", "conversation"),
        *("part", "parts", "withdrawal", "verdict", "code", "complaint"),
        *("proof", "days-as-data", "manifest"),
    )
}
# To some pages only one record in one state leads: of these lists every record is opened.
WHOLE_LISTS = {
    "canboxa": [
        "/registry/members/",
        "/registry/sites/",
        "/registry/respected-persons/",
        "/registry/watch-groups/?q=hoa+giai",
    ],
    "tinh": ["/territory-changes/"],
}
# Forms on a page send to these; they have no page of their own. Only a corrected return links to its versions.
AFTER_AN_ACT = {
    "reporting:return-versions",
    "desk:carry",  # a card leads there once a desk is merged
    "oversight:complaints",  # a card leads there once somebody below was complained about
    "activities:duty-assign",
    "activities:duty-copy-week",
    "activities:duty-end",
    "activities:duty-shift-removal",
    "activities:duty-shifts-add",
    "activities:duty-swap-answer",
    "activities:hazard-handover",
    "activities:hazard-look",
    "activities:hazard-mending",
    "activities:hazard-progress",
    "registry:link-answer",
    "registry:my-record-parting",
}
# A page for those who build pages; nobody is led there.
UNLINKED = ["/ui/"]


@dataclass
class Album:
    """What was pictured, and what was found wrong."""

    seen: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    kits: set[str] = field(default_factory=set)
    dressed: set[str] = field(default_factory=set)

    def add(self, somebody: Visitor, role: str, name: str) -> None:
        """A page that the kit makes for every register alike is opened each time and pictured once."""
        self.seen.add(name)
        if kit := KIT_PAGES.search(name):
            if kit[0] in self.kits:
                return
            self.kits.add(kit[0])
        label = f"{role or 'public'}-{name.replace(':', '-')}"
        self.said += picture(somebody, label, self.dressed)
        self.labels.append(label)


def ask_for_a_release(desk: Visitor) -> None:
    desk.go("/figures/releases/new/")
    desk.page.select_option("[name=area]", index=1)
    desk.page.locator("[name=codes]").first.check()
    desk.page.fill("[name=reason]", "Công bố theo quy chế thông tin")
    desk.page.locator("main form button").first.click()
    desk.page.wait_for_url(re.compile(r"/releases/\d+/"))


def keep_reports(officer: Visitor, leader: Visitor) -> None:
    """One that is being written, one that waits to be signed, one that waits for its number."""
    officer.go("/reports/")
    area = officer.page.input_value("form.panel [name=area]")
    periods = officer.page.locator("[name=period] option").evaluate_all("nodes => nodes.map(node => node.value)")
    for position, period in enumerate(periods[1:4]):
        officer.go(f"/reports/?area={area}&period={period}")
        officer.page.locator('form[action="/reports/"] button').click()
        officer.page.wait_for_url(re.compile(r"/reports/\d+/$"))
        address = urlsplit(officer.page.url).path
        for key in ("situation", "judgement", "directions", "proposals"):
            officer.go(f"{address}paragraphs/{key}/")
            officer.page.locator("[name=leave_out]").click()
            officer.page.wait_for_url(re.compile(r"/reports/\d+/#"))
        if position:
            confirm(officer, f"{address}submission/")
        if position == 2:
            confirm(leader, f"{address}signature/")


def send_a_member_away(officer: Visitor) -> str:
    """Against their will, and they object to it; answers with the address of their page."""
    page = officer.page
    officer.go("/registry/members/")
    page.locator("main tbody th a").last.click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    address = urlsplit(page.url).path
    officer.go(f"{address}leaving/")
    page.locator("[name=ground][value=tasks]").check()
    page.fill("[name=reason]", "Vắng ba ca trực liền")
    page.fill("[name=rule]", "Luật số 30/2023/QH15, điều 17")
    page.locator(".form-actions button").first.click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    officer.go(f"{address}objection/")
    page.fill("[name=text]", "Tôi ốm, có giấy của trạm y tế.")
    page.locator(".form-actions button").first.click()
    page.wait_for_url(re.compile(r"/objections/\d+/$"))
    return address


def ask_whose_account(officer: Visitor, account: str) -> str:
    """A member who has to say whether the account is theirs; answers with the address of the member's page."""
    page = officer.page
    officer.go("/registry/members/")
    page.locator("main tbody th a").first.click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    address = urlsplit(page.url).path
    officer.go(f"{address}account/")
    page.fill("[name=account]", account)
    page.locator(".form-actions button").first.click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    return address


def confirm(somebody: Visitor, address: str) -> None:
    somebody.go(address)
    somebody.page.locator(".form-actions button").first.click()
    somebody.page.wait_for_url(re.compile(r"/reports/\d+/$"))


def ask_about_oneself(resident: Visitor) -> None:
    """Ends on the page that shows how far the request is."""
    page = resident.page
    resident.go("/my-data/new/")
    page.locator("[name=kind]").first.check()
    page.fill("[name=area]", "Mường Phăng")
    page.fill("[name=text]", "Hệ thống giữ gì về tôi?")
    page.locator("main form button").first.click()
    code = page.locator("main .code").inner_text()
    resident.go("/my-data/")
    page.fill("[name=receipt]", code)
    page.press("[name=receipt]", "Enter")
    page.wait_for_url("**/my-data/state/")


def set_up_second_step(somebody: Visitor) -> None:
    """An app that shows six digits, and a passkey in the phone."""
    page = somebody.page
    with_device(somebody)
    somebody.go("/my-account/second-step/app/")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
    page.fill("[name=code]", six_digits(page.locator("main code").first.inner_text()))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/**")
    somebody.go("/my-account/passkeys/new/")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/second-step/**")


def six_digits(secret: str) -> str:
    """RFC 6238 with SHA-1, thirty seconds, six digits."""
    letters = secret.replace(" ", "")
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


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
        + "".join(f'<img loading=lazy height=600 alt="" src="{name}.{look}.jpg">' for look in LOOKS)
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
