"""A desk is opened in browsers: two holders make its certifying key, the province signs it, an officer gets in."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeVisitor, Server, Visitor
from tests.browser.test_tip_desk import is_fine
from tests.browser.test_tip_keys import unlock

DESK = "Phòng trực thử"

# A desk without keys, and two people with the roles to found it.
OPEN = """
from django.utils import timezone
from luytre.accounts import life
from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import Role
from luytre.accounts.sample import PASSWORD
from luytre.areas.models import Area, Level
from luytre.tips.models import Desk
by, today = User.objects.get(username="quantri"), timezone.localdate()
area = Area.objects.find("11", on=today, level=Level.PROVINCE)
Desk.objects.create(area=area, kind="procuracy", name=DESK)
for name in ("truc_a", "truc_b"):
    user = User(username=name, full_name=f"Người {name}", position="Thử")
    life.enrol(user, role=Role.DUTY_OFFICER, area=area, by=by, at=timezone.now())
    life.assign(Assignment(user=user, role=Role.KEY_HOLDER, area=area, valid_from=today), by=by, on=today)
    user.choose_password(PASSWORD)
"""
# As the ceremony does it, with another root: the sample's own keys above the desks were thrown away.
SIGN = """
import hashlib
import json
from django.utils import timezone
from luytre.tips import keychain, lists
from luytre.tips.founding import MONTH, YEAR, keep
from luytre.tips.models import SignedListKind
from luytre.tips.sealing import sealer
now = int(timezone.now().timestamp())
with sealer() as seals:
    root, province = seals.ask("signer"), seals.ask("signer")
    recovery = [{"id": f"h{n}", "recipient": seals.ask("identity")["recipient"]} for n in (1, 2, 3)]
    one = {"id": "11", "key": province["key"], "recovery": recovery}
    desks = [{**desk, "until": now + YEAR} for desk in lists.asked_for()]
    for kind, of, content, secret in (
        (SignedListKind.PROVINCES, "", {"provinces": [one]}, root["secret"]),
        (SignedListKind.DESKS, "11", {"province": "11", "desks": desks}, province["secret"]),
    ):
        version = keychain.newest(kind, of).version + 1
        said = {"version": version, "issued": now, "expires": now + MONTH, **content}
        keep(kind, of, seals.ask("sign", kind=kind, said=said, secret=secret), said)
    key = next(desk["key"] for desk in desks if desk["name"] == DESK)
digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:40]
print("SAID " + json.dumps(" ".join(digits[at : at + 4] for at in range(0, 40, 4))))
"""
TELL = """
from luytre.tips import intake, keychain
from luytre.tips.framing import Framed
from luytre.tips.models import Channel, Desk
from luytre.tips.sealing import sealer
desk = Desk.objects.get(name=DESK)
told = {"text": "Tin đầu tiên của nơi mới mở", "matter": "theft", "kind": "tip", "urgent": False}
with sealer() as seals:
    about = {"chain": keychain.of(desk.pk), "root": keychain.root(), "desk": str(desk.pk)}
    made = seals.ask("tip", **about, told=told, name=None, files=0)
intake.accept(Framed(made["head"], made["pieces"]), channel=Channel.PLAIN)
"""
# The sample's root again, and the new desk closed.
UNDO = """
from django.utils import timezone
from luytre.tips.models import Desk, SignedList
newest = SignedList.objects.filter(kind="provinces").order_by("-version")
if newest.count() > 1:
    province = SignedList.objects.filter(kind="desks", of="11").order_by("-version").first()
    province.delete()
    newest.first().delete()
Desk.objects.filter(name=DESK, closed_at=None).update(closed_at=timezone.now())
"""


def shell(server: Server, script: str) -> str:
    return server.command("shell", "-v", "0", "-c", f"DESK = {DESK!r}\n{script}")


@pytest.fixture
def new_desk(server: Server) -> Iterator[None]:
    shell(server, OPEN)
    yield
    shell(server, UNDO)


def make_key(somebody: Visitor, role: str, desk: str = DESK) -> tuple[str, str]:
    """The ten words and the fingerprint of a new key."""
    page = somebody.page
    somebody.go("/tips/work/keys/")
    page.get_by_role("link", name=f"{role}, {desk}").click()
    page.locator("[data-act=make]").click()
    words = page.locator("[data-words] li").all_inner_texts()
    page.locator("[data-act=written]").click()
    for place in range(2):
        asked = re.search(r"\d+", page.locator("[data-place]").nth(place).inner_text())
        assert asked
        page.locator("form[data-step=confirm] input").nth(place).fill(words[int(asked[0]) - 1])
    page.locator("form[data-step=confirm] button[type=submit]").click()
    expect(page.locator("[data-step=done]")).to_be_visible(timeout=60_000)
    return " ".join(words), page.locator("[data-step=done] [data-fingerprint]").inner_text()


def compared(page: Page, where: str, name: str, fingerprint: str) -> Any:
    row = page.locator(where, has_text=name)
    expect(row.locator("[data-fingerprint]")).to_have_text(fingerprint)
    row.get_by_role("checkbox").check()
    return row


def test_two_holders_open_a_desk_and_its_first_officer_reads_a_tip(
    visitor: MakeVisitor, server: Server, new_desk: None
) -> None:
    one, other = visitor("truc_a"), visitor("truc_b")
    words, _own = make_key(one, "Người giữ khóa chứng nhận của bộ phận")
    _theirs, fingerprint = make_key(other, "Người giữ khóa chứng nhận của bộ phận")
    page = one.page
    one.go("/tips/work/keys/")
    page.get_by_role("link", name="Tạo khóa chứng nhận").click()
    compared(page, "section[data-holder]", "Người truc_b", fingerprint)
    is_fine(one, "tip-founding")
    page.get_by_role("button", name="Tạo khóa chứng nhận").click()
    expect(page.locator("[data-founded]")).to_be_visible()
    told = page.locator("[data-certifier]").inner_text()

    assert json.loads(shell(server, SIGN).split("SAID ", 1)[1]) == told  # what the province compares

    officers_words, officers = make_key(other, "Cán bộ của bộ phận")
    one.go("/tips/work/keys/")
    page.get_by_role("link", name="Khóa của nơi nhận tin").click()
    unlock(page, words)
    expect(page.locator("form[data-sign=renew]")).to_be_visible(timeout=60_000)
    row = compared(page, "section[data-person]", "Cán bộ của bộ phận", officers)
    row.get_by_role("button", name="Chứng nhận khóa này").click()
    expect(page.get_by_text("Đã ký danh sách")).to_be_visible(timeout=60_000)

    shell(server, TELL)
    other.go("/tips/work/")
    page = other.page
    unlock(page, officers_words)
    row = page.locator("[data-row]", has_text="Tin đầu tiên của nơi mới mở")
    expect(row).to_be_visible(timeout=60_000)
    expect(page.locator("[data-keys-wrong] .alert")).to_have_count(0)
    assert one.complaints == other.complaints == []
