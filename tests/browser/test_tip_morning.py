"""A morning with forty tips: each opened, classified, some answered, some passed on; no clock is missed."""

import json

from playwright.sync_api import expect

from tests.browser.conftest import MakeVisitor, Server
from tests.browser.test_tip_desk import act, is_fine, unlocked

COUNT = 40

# Sealed as reporters' browsers seal, over the night: the oldest has two hours left to be classified.
NIGHT = """
import json
from datetime import timedelta
from django.conf import settings
from luytre.tips import intake, keychain, puzzle
from luytre.tips.framing import Framed
from luytre.tips.models import Channel, Desk
from luytre.tips.sample import set_back
from luytre.tips.sealing import sealer
desk = Desk.objects.get(name__startswith="Công an xã Mường Phăng")
numbers = []
with sealer() as seals:
    for place in range(COUNT):
        where = {"area": desk.area.code, "name": str(desk.area), "exact": ""}
        told = {
            "text": f"Tin đêm số {place + 1}: mất máy bơm ở bờ ruộng", "matter": "theft", "kind": "tip",
            "urgent": False, "where": where, "when": "", "how": "", "persons": "", "desk": str(desk.pk),
            "language": "vi",
        }
        made = seals.ask(
            "tip", chain=keychain.of(desk.pk), root=keychain.root(), desk=str(desk.pk), told=told, name=None, files=0,
            challenge=puzzle.challenge(), bits=settings.TIPS_PUZZLE_BITS,
        )
        tip = intake.accept(Framed(made["head"], made["pieces"]), channel=Channel.WEB).tip
        set_back(tip, timedelta(hours=place % 23))
        numbers.append(str(tip.pk))
print("NIGHT " + json.dumps(numbers))
"""
ASKED = """
import json
from luytre.tips.models import Clock, Part, Tip
tips = Tip.objects.filter(pk__in=NUMBERS)
print("ASKED " + json.dumps({
    "waiting": tips.filter(state="received", desk__kind="commune").count(),
    "missed": Clock.objects.filter(tip__in=tips, breached_at__isnull=False).count(),
    "answered": Part.objects.filter(tip__in=tips, direction="desk").values("tip").distinct().count(),
    "passed": tips.filter(desk__kind="province").count(),
}))
"""


def told(server: Server, mark: str, script: str, **values: object) -> object:
    said = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    return json.loads(server.command("shell", "-v", "0", "-c", f"{said}\n{script}").split(mark, 1)[1])


def test_forty_tips_of_a_night_are_worked_through_and_no_clock_is_missed(visitor: MakeVisitor, server: Server) -> None:
    numbers = told(server, "NIGHT ", NIGHT, COUNT=COUNT)
    assert isinstance(numbers, list)
    officer = visitor("trucban", viewport={"width": 1280, "height": 900})
    page = unlocked(officer)
    for place, number in enumerate(numbers):
        officer.go(f"/tips/work/tip/{number}/")
        expect(page.locator("[data-told]")).to_contain_text(f"Tin đêm số {place + 1}:")
        expect(page.locator("[data-faults] .alert")).to_have_count(0)
        panel = act(page, "Phân loại tin")
        panel.get_by_label("phân loại").select_option("crime" if place % 4 == 0 else "wider")
        panel.get_by_role("button", name="Phân loại tin").click()
        expect(page.get_by_text("Đã xong: Phân loại tin")).to_be_visible()
        if place % 5 == 1:
            page.get_by_label("Viết cho người báo tin").fill("Đã nhận. Máy bơm loại nào, mất lúc mấy giờ?")
            page.get_by_role("button", name="Niêm phong và gửi").click()
            expect(page.locator("[data-talk]")).to_contain_text("Máy bơm loại nào")
        if place % 8 == 0:
            panel = act(page, "Chuyển cho nơi khác")
            panel.get_by_label("lý do").select_option("TTLT 01/2017 8(5)b")
            panel.get_by_role("button", name="Chuyển cho nơi khác").click()
            page.wait_for_url("**/tips/work/*/")
    officer.go("/tips/work/")
    page.set_viewport_size({"width": 360, "height": 740})
    is_fine(officer, "tip-morning")
    assert told(server, "ASKED ", ASKED, NUMBERS=numbers) == {
        "waiting": 0,
        "missed": 0,
        "answered": 8,
        "passed": 5,
    }
    assert officer.complaints == []
