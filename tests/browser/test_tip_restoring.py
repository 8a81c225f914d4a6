"""The last resort: everybody at a desk has lost their key, and two of three recovery holders restore it from paper."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MakeVisitor, Server
from tests.browser.test_every_page import PICTURES
from tests.browser.test_tip_desk import found, is_fine
from tests.browser.test_tip_founding import TELL, compared, make_key
from tests.browser.test_tip_keys import shell, unlock

DESK = "Phòng trực mất khóa"
HOLDER, OFFICER = "Người giữ khóa chứng nhận của bộ phận", "Cán bộ của bộ phận"
OLD = "Xuồng máy chở gỗ lậu qua khúc sông sau chợ"

# A desk at work whose province and recovery holders have keys of the ceremony: a file, a sheet, ten words each.
AT_WORK = """
import json
from pathlib import Path
from django.utils import timezone
from luytre.accounts import life
from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import Role
from luytre.accounts.sample import PASSWORD
from luytre.areas.models import Area, Level
from luytre.tips import ceremony, keychain
from luytre.tips.founding import Founding
from luytre.tips.models import SignedList
from luytre.tips.sealing import sealer
by, today = User.objects.get(username="quantri"), timezone.localdate()
area = Area.objects.find("11", on=today, level=Level.PROVINCE)
people = []
for name in ("mat_khoa_a", "mat_khoa_b"):
    user = User(username=name, full_name=f"Người {name}", position="Thử")
    life.enrol(user, role=Role.DUTY_OFFICER, area=area, by=by, at=timezone.now())
    life.assign(Assignment(user=user, role=Role.KEY_HOLDER, area=area, valid_from=today), by=by, on=today)
    user.choose_password(PASSWORD)
    people.append(user)
last, words = SignedList.objects.order_by("-pk").first().pk, {}
with sealer() as seals:
    founding = Founding(seals)
    made = [ceremony.make(seals, "recovery", f"h{n}", work=10) for n in (1, 2, 3)]
    made.append(ceremony.make(seals, "province", "11", work=10))
    for one in made:
        ceremony.write(one, Path(FOLDER))
        words[one.name] = " ".join(one.words)
    secret = json.loads(seals.ask("unlock", file=made[-1].locked, words=ceremony.fold(words["province-11"])))
    founding.province = {"key": made[-1].public["key"], "secret": secret["signer"]}
    founding.holders = [one.public for one in made[:3]]
    founding.certify_province("11")
    desk = founding.open_desk(
        area, province="11", kind="procuracy", officers=people, custodians=people, words="mat roi", name=DESK
    ).desk
print("SAID " + json.dumps({"desk": str(desk.pk), "root": keychain.root(), "last": last, "words": words}))
"""
UNDO = """
from django.utils import timezone
from luytre.tips.models import Desk, SignedList
SignedList.objects.filter(pk__gt=LAST, kind__in=["provinces", "desks"]).delete()
Desk.objects.filter(name=DESK, closed_at=None).update(closed_at=timezone.now())
"""


@pytest.fixture
def at_work(server: Server, tmp_path: Path) -> Iterator[dict[str, Any]]:
    script = AT_WORK + TELL.replace("Tin đầu tiên của nơi mới mở", OLD)
    made = json.loads(shell(server, script, DESK=DESK, FOLDER=str(tmp_path)).split("SAID ", 1)[1])
    yield made
    shell(server, UNDO, DESK=DESK, LAST=made["last"])


def typed_from(paper: Page, sheet: Path) -> None:
    """Nothing is left but the two sheets: the locked file is typed from the first one."""
    sheet.with_suffix("").with_suffix(".age").unlink()
    paper.goto(sheet.as_uri())
    expect(paper.locator(".picture svg")).to_be_visible()
    paper.screenshot(path=PICTURES / f"tip-sheet-{sheet.name}.png", full_page=True)
    assert paper.evaluate("document.documentElement.scrollWidth") <= paper.viewport_size["width"]  # type: ignore[index]
    sheet.with_suffix("").with_suffix(".age").write_text(paper.locator("pre").inner_text())


def test_two_of_three_holders_restore_a_desk_from_paper_and_an_officer_reads_an_old_tip(
    visitor: MakeVisitor, server: Server, at_work: dict[str, Any], tmp_path: Path
) -> None:
    desk, words = at_work["desk"], at_work["words"]

    def luytre_tips(*asked: list[str], typed: str = "") -> str:
        """One after the other, in one process: each start costs a second."""
        said = [f"call_command('tips', *{one!r})" for one in asked]
        return shell(server, "\n".join(["from django.core.management import call_command", *said]), typed)

    def file(name: str) -> str:
        return str(tmp_path / name)

    assert "4" in luytre_tips(["recover", "begin", "--desk", desk, "--officers"])

    one, other = visitor("mat_khoa_a"), visitor("mat_khoa_b")
    holders_words, _own = make_key(one, HOLDER, DESK)
    _theirs, fingerprint = make_key(other, HOLDER, DESK)
    page = one.page
    one.go("/tips/work/keys/")
    page.get_by_role("link", name="Tạo khóa chứng nhận").click()
    compared(page, "section[data-holder]", "Người mat_khoa_b", fingerprint)
    page.get_by_role("button", name="Tạo khóa chứng nhận").click()
    expect(page.locator("[data-founded]")).to_be_visible()

    paper = visitor().page
    for sheet in ("province-11", "recovery-h3", "recovery-h1"):
        typed_from(paper, tmp_path / f"{sheet}.sheet.html")
    about = ["--province", "11", "--desks", file("desks.json"), "--least", f"{desk}=2", "--version", "1000"]
    signing = ["ceremony", "desks", *about, "--key", file("province-11.age"), "--out", file("signed.json")]
    luytre_tips(["desks", file("desks.json")], signing, ["install", file("signed.json")], typed=words["province-11"])

    officers_words, officers = make_key(other, OFFICER, DESK)
    one.go(f"/tips/work/{desk}/people/")
    unlock(page, holders_words)
    row = compared(page, "section[data-person]", OFFICER, officers)
    is_fine(one, "tip-people-restored")
    row.get_by_role("button", name="Chứng nhận khóa này").click()
    expect(page.get_by_text("Đã ký danh sách")).to_be_visible(timeout=60_000)

    taking = ["recover", "take", "--desk", desk, file("taken.json")]
    opening = ["recover", "open", file("taken.json"), "--root", at_work["root"], "--out", file("back.json")]
    held = ["--holder", file("recovery-h3.age"), "--holder", file("recovery-h1.age")]
    typed = f"{words['recovery-h3']}\n{words['recovery-h1'].upper()}\n"
    luytre_tips(taking, [*opening, *held], ["recover", "give", file("back.json")], typed=typed)

    page = other.page
    other.go(f"/tips/work/{desk}/")
    unlock(page, officers_words)
    expect(page.locator("[data-handing]")).to_contain_text("niêm phong lại bằng khóa mới", timeout=60_000)
    found(page, "xuong may cho go").locator("a").click()
    expect(page.locator("[data-told]")).to_contain_text(OLD)
    expect(page.locator("[data-faults] .alert")).to_have_count(0)
    is_fine(other, "tip-read-restored")
    page.get_by_label("Viết cho người báo tin").fill("Xuồng màu gì?")
    page.get_by_role("button", name="Niêm phong và gửi").click()
    expect(page.locator("[data-talk]")).to_contain_text("Xuồng màu gì?")
    assert [said for said in (*one.complaints, *other.complaints) if "401" not in said and "403" not in said] == []
