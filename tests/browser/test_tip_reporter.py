"""The reporter's way on a phone of 360 px: sends, comes back, reads an answer, adds a photo; scripts on and off."""

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from luytre.tips import conduct
from tests.browser.conftest import PHONE, MakeVisitor, Server, Visitor
from tests.browser.test_every_page import PICTURES, faults

FIRST_LOAD = 150_000  # bytes over the network
CONDUCT = "đập vỡ cửa kính tiệm tạp hoá rồi lấy hai thùng hàng"

# As an officer of the sample: opens the newest tip with the words that unlock every sample key, and answers it.
OFFICER = """
import json
from luytre.accounts.sample import TIP_WORDS
from luytre.common.text import fold
from luytre.tips import intake
from luytre.tips.models import Direction, KeyRole, LockedSecret, Tip
from luytre.tips.sealing import sealer
tip = Tip.objects.filter(channel__in=["web", "plain"]).order_by("-wrappings__id").first()
key = tip.desk.keys.filter(role=KeyRole.OFFICER, user__username="trucban").get()
with sealer() as one:
    mine = json.loads(one.ask("unlock", file=key.locked, words=fold(TIP_WORDS)))
    wrapping = tip.wrappings.exclude(epoch=None).get()
    secret = key.locked_secrets.get(epoch=wrapping.epoch)
    epoch = one.ask("openEpoch", file=bytes(secret.sealed), identity=mine["identity"])
    keys = one.ask("unpad", bytes=one.ask("open", file=bytes(wrapping.sealed), identity=epoch))
    ours = tip.parts.filter(direction=Direction.REPORTER).order_by("number")
    said = [one.ask("read", sealed=bytes(part.sealed), identity=keys["identity"]) for part in ours]
    if WRITES:
        last = ours.last()
        before = tip.parts.filter(direction=Direction.DESK).order_by("number").last()
        about = {
            "tip": str(tip.pk), "direction": "desk", "kind": "message",
            "before": {"number": before.number, "digest": before.digest} if before else {"number": 0, "digest": ""},
            "seen": {"number": last.number, "digest": last.digest},
        }
        signer = one.ask("signer")["secret"] if FORGES else mine["signer"]
        made = one.ask("part", about=about, body=json.dumps({"text": WRITES}).encode(), signer=signer,
                       recipient=one.ask("recipient", identity=keys["identity"]))
        intake.keep_part(tip, Direction.DESK, made["number"], made["sealed"], rung=made["rung"])
print("READ " + json.dumps([{"head": part["head"], "size": len(part["body"]),
    "said": json.loads(part["body"]) if part["head"]["kind"] != "file" else None} for part in said]))
"""


def officer(server: Server, writes: str = "", *, forges: bool = False) -> list[dict[str, Any]]:
    """What the desk reads of the newest tip; `writes` to its reporter, or somebody else does in its name."""
    script = f"WRITES, FORGES = {writes!r}, {forges!r}\n{OFFICER}"
    said = server.command("shell", "-v", "0", "-c", script)
    return list(json.loads(said.split("READ ", 1)[1]))


@dataclass
class Reporter:
    somebody: Visitor

    @property
    def page(self) -> Page:
        return self.somebody.page

    def on(self) -> None:
        self.page.locator("section:visible [data-act=next]").click()

    def pick(self, name: str, value: str) -> None:
        self.page.locator(f'section:visible input[name="{name}"][value="{value}"]').check()

    def seen(self, heading: str, *, is_first: bool = False) -> None:
        expect(self.page.locator("section:visible h1")).to_have_text(heading)
        if not is_first:
            expect(self.page.locator("section:visible h1")).to_be_focused()
        wide = self.page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{heading}: {wide} px"
        assert faults(self.somebody.page) == []

    def start(self, query: str = "") -> None:
        self.somebody.go(f"/tips/{query}")
        expect(self.page.locator("html")).to_have_attribute("data-ready", "yes")

    def to_where(self, *, matter: str = "theft", text: str = "Ba người bẻ khoá rồi lấy xe đạp trước chợ") -> None:
        self.start()
        self.on()
        self.pick("matter", matter)
        self.on()
        self.page.locator("#text").fill(text)
        self.on()

    def to_check(self, *, photo: bytes | None = None, matter: str = "theft", name: str = "", **more: Any) -> None:
        self.to_where(matter=matter, **more)
        self.find_place()
        self.on()
        self.pick("when", "lately")
        self.on()
        if matter not in ("places", "feedback"):
            self.on()
            self.pick("persons", "no")
            self.on()
        if photo:
            self.page.set_input_files("#files", {"name": "nha-toi.jpg", "mimeType": "image/jpeg", "buffer": photo})
            expect(self.page.locator("[data-chosen] li")).to_have_count(1)
        self.on()
        self.pick("named", "yes" if name else "no")
        if name:
            self.page.locator("#name").fill(name)
        self.on()
        self.page.locator("section:visible label", has_text="Công an xã Mường Phăng").check()
        self.on()

    def find_place(self) -> None:
        self.page.locator("#place").press_sequentially("muong phang")
        self.page.locator("[data-places] label", has_text="Mường Phăng, ").first.click()

    def send(self) -> str:
        self.page.locator("[data-act=seal]").click()
        expect(self.page.locator("section:visible h1")).to_contain_text("mười từ", timeout=60_000)
        return " ".join(self.page.locator("[data-words] li").all_inner_texts())

    def confirm(self, code: str) -> None:
        self.page.locator("[data-act=written]").click()
        words = code.split()
        for place in (1, 2):
            asked = re.search(r"\d+", self.page.locator(f'label[for="word-{place}"]').inner_text())
            assert asked
            self.page.locator(f"#word-{place}").fill(words[int(asked[0]) - 1].upper())
        self.page.locator("[data-act=confirm]").click()

    def come_back(self, code: str) -> None:
        self.somebody.go("/tips/return/")
        expect(self.page.locator("html")).to_have_attribute("data-ready", "yes")
        self.page.locator("#code").fill(code)
        self.page.locator("[data-act=open]").click()
        expect(self.page.locator("#h-talk")).to_be_visible(timeout=60_000)


@pytest.fixture
def reporter(visitor: MakeVisitor) -> Reporter:
    return Reporter(visitor())


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "planted place"
    target = BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_a_witness_without_a_name_sends_comes_back_and_says_it_is_not_settled(
    reporter: Reporter, server: Server
) -> None:
    page = reporter.page
    reporter.start()
    reporter.seen("Có ai đang gặp nguy hiểm không?", is_first=True)
    expect(page.get_by_role("link", name="113").first).to_be_visible()
    reporter.on()
    reporter.seen("Bạn muốn báo về việc gì?")
    reporter.on()
    expect(page.locator("#e-matter")).to_have_text("Hãy chọn một câu trả lời.")
    reporter.pick("matter", "theft")
    reporter.on()
    reporter.seen("Chuyện gì đã xảy ra?")
    page.locator("#text").fill("Ba người bẻ khoá rồi lấy xe đạp trước chợ")
    page.go_back()
    reporter.seen("Bạn muốn báo về việc gì?")
    page.go_forward()
    expect(page.locator("#text")).to_have_value("Ba người bẻ khoá rồi lấy xe đạp trước chợ")
    reporter.on()
    reporter.seen("Ở đâu?")
    reporter.find_place()
    page.locator("#exact").fill("Cổng phía đông của chợ")
    picture(page, "where")
    reporter.on()
    reporter.seen("Khi nào?")
    reporter.pick("when", "lately")
    reporter.on()
    reporter.seen("Vì sao bạn biết?")
    reporter.pick("how", "saw")
    reporter.on()
    reporter.seen("Có cần nói ai đã làm không?")
    reporter.pick("persons", "yes")
    page.locator("#persons").fill("Một người mặc áo mưa xanh, đi xe máy không biển số")
    reporter.on()
    reporter.seen("Có ảnh hoặc tệp không?")
    page.set_input_files("#files", {"name": "nha-toi.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(page.locator("[data-chosen] li")).to_contain_text("photo-1.jpg")
    reporter.on()
    reporter.seen("Bạn có muốn cho biết tên không?")
    reporter.pick("named", "no")
    reporter.on()
    reporter.seen("Ai sẽ đọc?")
    page.locator("section:visible label", has_text="Công an xã Mường Phăng").check()
    picture(page, "desk")
    reporter.on()
    reporter.seen("Xem lại điều đã viết")
    picture(page, "check")
    page.get_by_role("button", name="Sửa Khi nào").click()
    reporter.pick("when", "again")
    reporter.on()
    expect(page.locator("[data-answers]")).to_contain_text("Lặp đi lặp lại")
    assert server.url + "/tips/" == page.url
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    code = reporter.send()
    assert len(code.split()) == 10
    picture(page, "code")
    assert faults(reporter.somebody.page) == []
    expect(page.locator("[data-files-words]")).to_have_text("Đã gửi đủ tệp: 1.", timeout=60_000)
    reporter.confirm(code)
    reporter.seen("Cảm ơn bạn. Có thể đóng trang này")
    assert reporter.somebody.context.cookies() == []

    read = officer(server, "Chợ nào, lúc mấy giờ?")
    told = read[0]["said"]
    assert told["text"] == "Ba người bẻ khoá rồi lấy xe đạp trước chợ"
    assert (told["matter"], told["kind"], told["urgent"]) == ("theft", "tip", False)
    assert told["where"]["exact"] == "Cổng phía đông của chợ"
    assert (read[1]["head"]["kind"], read[1]["head"]["type"]) == ("file", "image/jpeg")

    typed = code.upper().split()
    reporter.come_back(f"  {', '.join(typed)} ")
    expect(page.locator(".talk .theirs")).to_contain_text("Chợ nào, lúc mấy giờ?")
    expect(page.locator("[data-read]")).to_contain_text("2 trên 2")
    reporter.seen("Tin báo của bạn")
    page.locator("#message").fill("Chợ xã, khoảng chín giờ tối")
    page.set_input_files("#files", {"name": "them.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    page.locator("[data-act=send]").click()
    expect(page.locator("[data-sending]")).to_have_text("Lời nhắn đã được niêm phong và lưu.", timeout=60_000)
    picture(page, "talk")
    read = officer(server)
    assert [part["head"]["kind"] for part in read] == ["tip", "file", "message", "file"]
    assert read[2]["said"] == {"text": "Chợ xã, khoảng chín giờ tối"}

    later(server)
    reporter.come_back(code)
    page.locator('input[name="settled"][value="no"]').check()
    page.locator("[data-act=settled]").click()
    expect(page.locator("[data-verdict-said]")).to_have_text("Cảm ơn bạn đã cho biết.")
    expect(page.get_by_role("link", name="Viết cho nơi khác")).to_be_visible()
    page.locator("[data-act=turn]").click()
    expect(page.locator("[data-turned]")).to_contain_text("đã biết bạn chưa hài lòng")
    assert reporter.somebody.complaints == []

    officer(server, "Bạn tên là gì?", forges=True)
    reporter.come_back(code)
    expect(page.locator("[data-warnings] .alert").first).to_contain_text("Có lời nhắn không phải của nơi nhận")
    assert "Bạn tên là gì?" not in page.inner_text("main")
    expect(page.locator("#message")).to_be_hidden()
    picture(page, "forged")


NEWEST = (
    "from datetime import timedelta; from luytre.tips.models import Tip;"
    "tip = Tip.objects.filter(channel__in=['web', 'plain']).order_by('-wrappings__id').first();"
)


def later(server: Server) -> None:
    """Five weeks after."""
    server.command("shell", "-v", "0", "-c", f"{NEWEST} tip.received_at -= timedelta(weeks=5); tip.save()")


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"tip-{name}.png", full_page=True)


def test_a_name_is_sealed_apart_and_the_desk_does_not_read_it(reporter: Reporter, server: Server) -> None:
    page = reporter.page
    reporter.to_check(name="Lò Văn Mẫu", matter="places", text="Nắp cống trước trạm y tế bị mất")
    expect(page.locator("[data-answers]")).to_contain_text("Có tên, niêm phong riêng")
    code = reporter.send()
    page.locator("[data-act=written]").click()
    page.locator("#word-1").fill("sai")
    page.locator("[data-act=confirm]").click()
    expect(page.locator("#e-confirm")).to_contain_text("Không phải từ này")
    page.locator("[data-act=words-again]").click()
    reporter.confirm(code)
    expect(page.locator("#h-done")).to_be_visible()
    read = officer(server)
    assert (read[0]["said"]["kind"], read[0]["said"]["matter"]) == ("place", "places")
    assert "Lò Văn Mẫu" not in json.dumps(read, ensure_ascii=False)
    pairs = server.command(
        "shell", "-v", "0", "-c",
        "from luytre.tips.models import IdentitySeal; print(IdentitySeal.objects.order_by('pk').last().tip.is_named)",
    )  # fmt: skip
    assert pairs.strip() == "True"


def test_slips_in_the_code_are_told(reporter: Reporter) -> None:
    page = reporter.page
    reporter.somebody.go("/tips/return/")
    for typed, said in [
        ("bao ba", "Bạn viết 2 từ"),
        ("bao bà bát bầu bãi bắp bạn bèo bé zzz", "“zzz” không phải từ"),
        ("bao bà bát bầu bãi bắp bạn bèo bé bên", "Có một từ chưa đúng"),
    ]:
        page.locator("#code").fill(typed)
        page.locator("[data-act=open]").click()
        expect(page.locator("#e-code")).to_contain_text(said)


def test_an_old_list_is_refused_and_nothing_is_sent(reporter: Reporter) -> None:
    page = reporter.page
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.clock.set_fixed_time("2031-01-01")
    reporter.to_check()
    page.locator("[data-act=seal]").click()
    expect(page.locator("[data-sealing] .alert")).to_contain_text("không thể tin khóa", timeout=60_000)
    picture(page, "refused")
    assert sent == []


def test_overload_is_told_with_another_way_and_a_broken_network_is_overcome(reporter: Reporter) -> None:
    page = reporter.page
    answers = iter(["overload", "abort", "go on"])

    def handled(route: Route) -> None:
        how = next(answers, "go on")
        if how == "overload":
            route.fulfill(status=503, content_type="application/json", body='{"why": "overload"}')
        elif how == "abort":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(re.compile(r"/tips/sealed/$"), handled)
    broken = iter(["abort"])
    page.route(
        re.compile(r"/tips/sealed/parts/$"), lambda route: route.abort() if next(broken, "") else route.continue_()
    )
    reporter.to_check(photo=photo())
    page.locator("[data-act=seal]").click()
    expect(page.locator("[data-sealing] .alert")).to_contain_text("nhiều tin hơn sức nhận", timeout=60_000)
    expect(page.locator("[data-sealing] a[href^='tel:']")).to_be_visible()
    page.locator("[data-sealing]").get_by_role("button", name="Thử lại").click()
    expect(page.locator("section:visible h1")).to_contain_text("mười từ", timeout=60_000)
    expect(page.locator("[data-files-words]")).to_have_text("Đã gửi đủ tệp: 1.", timeout=60_000)


def test_wrongdoing_by_officials_passes_the_commune_by(reporter: Reporter) -> None:
    page = reporter.page
    reporter.to_where(matter="officials")
    reporter.find_place()
    reporter.on()
    reporter.pick("when", "earlier")
    reporter.on()
    reporter.on()
    reporter.pick("persons", "no")
    reporter.on()
    reporter.on()
    reporter.pick("named", "no")
    reporter.on()
    expect(page.locator("[data-desks] label")).to_have_count(1)
    expect(page.locator("[data-desks]")).to_contain_text("Điện Biên")
    expect(page.get_by_text("Vì vậy không gửi công an xã.")).to_be_visible()


def test_words_on_a_people_belief_origin_or_looks_alone_stop_the_writer(reporter: Reporter) -> None:
    page = reporter.page
    reporter.start()
    reporter.on()
    reporter.pick("matter", "other")
    reporter.on()
    tried = """async (rows) => {
        const field = document.querySelector("#text"), error = document.querySelector("#e-what");
        const wrong = [];
        for (const words of rows) {
            field.value = words;
            document.querySelector("section:not([hidden]) [data-act=next]").click();
            if (error.hidden || !error.textContent.includes("Xin viết lại")) { wrong.push(words); break; }
        }
        return wrong;
    }"""
    listed = [row["words"] for row in conduct.rows("wary_words.csv")]
    ways = [*listed, *(f"Có một {words} trông rất lạ ở trong bản" for words in listed), "nguoi mong", "nha theo dao la"]
    assert page.evaluate(tried, ways) == []
    for words in listed[:: len(listed) // 12]:
        page.locator("#text").fill(f"{words} {CONDUCT}")
        reporter.on()
        expect(page.locator("#h-where")).to_be_visible()
        page.locator("section:visible [data-act=back]").click()
        expect(page.locator("#h-what")).to_be_visible()


def test_exit_leads_away_at_once_and_back_does_not_lead_here(reporter: Reporter) -> None:
    page = reporter.page
    page.route(
        "https://vi.wikipedia.org/**",
        lambda route: route.fulfill(body="<title>Bách khoa</title>", content_type="text/html"),
    )
    reporter.to_where()
    page.locator("[data-exit]").click()
    page.wait_for_url("https://vi.wikipedia.org/**")
    page.go_back()
    assert "/tips/" not in page.url


SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}  # ms, bytes a second
WHOLE_WAY = 300_000  # bytes until the ten words are there
REQUESTS = 16
FIELDS = ("textbox", "searchbox", "radio", "checkbox", "combobox")


def heard(part: Locator) -> list[tuple[str, str]]:
    """What a screen reader says, in its order: what each thing is, and its name."""
    lines = (re.match(r"""\s*- '?(\w+)(?: "(.*?)")?""", line) for line in part.aria_snapshot().splitlines())
    return [(line[1], line[2] or "") for line in lines if line]


class Listener(Reporter):
    """Goes the same way by ear: the question first, then what there is to answer, then the buttons, all with names."""

    def on(self) -> None:
        said = heard(self.page.locator("section:visible"))
        assert said[1] == ("heading", self.page.locator("section:visible h1").inner_text())
        kinds = [kind for kind, _name in said]
        assert all(name for kind, name in said if kind in (*FIELDS, "button", "link", "heading")), said
        buttons = [at for at, kind in enumerate(kinds) if kind == "button"]
        fields = [at for at, kind in enumerate(kinds) if kind in FIELDS]
        assert buttons
        assert max(fields, default=0) < buttons[0], said
        assert [said[at][1] for at in buttons[:2]] == ["Tiếp tục", "Quay lại"] or not fields, said
        super().on()


def test_the_way_is_light_and_goes_by_ear_on_a_slow_network(visitor: MakeVisitor) -> None:
    somebody = visitor()
    somebody.context.set_default_timeout(60_000)
    reporter, page = Listener(somebody), somebody.page
    wire = somebody.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    sizes: list[tuple[str, int]] = []

    def weighed(request: Any) -> None:
        size = request.sizes()
        sizes.append((request.url, sum(size.values())))

    page.on("requestfinished", weighed)
    reporter.start()
    page.wait_for_load_state("networkidle")
    first = sum(size for _url, size in sizes)
    assert first < FIRST_LOAD, sizes
    names = [name for _kind, name in heard(page.locator("body"))]
    order = ["Đến thẳng nội dung chính", "Thoát ngay", "Có ai đang gặp nguy hiểm không?", "113", "114", "115"]
    places = [names.index(words) for words in order]
    assert places == sorted(places), names
    sizes.clear()
    reporter.to_check()
    assert len(reporter.send().split()) == 10
    print(first, sizes)
    assert first + sum(size for _url, size in sizes) < WHOLE_WAY, sizes
    assert len(sizes) < REQUESTS, sizes
    assert somebody.complaints == []


def test_in_english(reporter: Reporter) -> None:
    reporter.start("?lang=en")
    expect(reporter.page.locator("h1:visible")).to_have_text("Is somebody in danger now?")
    assert faults(reporter.somebody.page) == []


def test_the_plain_page_without_scripts(visitor: MakeVisitor, server: Server) -> None:
    somebody = visitor(java_script_enabled=False)
    page = somebody.page
    somebody.go("/tips/")
    page.get_by_role("link", name="hãy dùng trang đơn giản").click()
    assert page.inner_text("main").index("giữ lời bạn trong bộ nhớ") < page.inner_text("main").index("Chuyện gì")
    page.get_by_label("Xã, phường hoặc tỉnh").fill("muong phang")
    page.get_by_label("Chuyện gì đã xảy ra?").fill("Đèn đường hỏng")
    page.get_by_role("button", name="Tìm nơi nhận").click()
    expect(page.get_by_label("Chuyện gì đã xảy ra?")).to_have_value("Đèn đường hỏng")
    page.get_by_label("Công an xã Mường Phăng").check()
    page.get_by_label("Bạn muốn báo về việc gì?").select_option("places")
    page.get_by_label("Ảnh và tệp khác").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.screenshot(path=PICTURES / "tip-plain.png", full_page=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Niêm phong và gửi").click()
    code = " ".join(page.locator(".code-words li").all_inner_texts())
    assert len(code.split()) == 10
    page.screenshot(path=PICTURES / "tip-plain-sent.png", full_page=True)
    read = officer(server, "Đèn số mấy?")
    assert (read[0]["said"]["kind"], read[0]["said"]["matter"]) == ("place", "places")
    page.get_by_role("link", name="Chỗ tôi trở lại").click()
    page.get_by_label("Mười từ của bạn").fill(code)
    page.get_by_role("button", name="Open").or_(page.get_by_role("button", name="Mở")).click()
    expect(page.locator(".talk")).to_contain_text("Đèn số mấy?")
    page.get_by_label("Lời nhắn của bạn").fill("Cột số 4")
    page.get_by_role("button", name="Niêm phong và gửi").click()
    expect(page.locator(".talk")).to_contain_text("Cột số 4")
    page.screenshot(path=PICTURES / "tip-plain-talk.png", full_page=True)
    assert somebody.context.cookies() == []
    assert officer(server)[-1]["said"] == {"text": "Cột số 4"}
