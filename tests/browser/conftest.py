"""The whole product as its users meet it: the real server with its sample, and a real Chromium."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.running.house import House

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "browser-home" / str(os.getpid())  # two runs at once do not meet
PASSWORD = "Luy-Tre-2026"
PHONE = {"width": 360, "height": 740}
CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]


@dataclass
class Server:
    """A running Lũy Tre with the sample of its first start."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait(self, seconds: int) -> None:
        for _ in range(seconds * 2):
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text()[-3000:]}")
            if self.is_ready():
                return
            time.sleep(0.5)
        raise RuntimeError(f"the server is not ready: {self.log.read_text()[-3000:]}")

    def command(self, *words: str, typed: str = "") -> str:
        command = [sys.executable, "-m", "luytre", *words]
        told = {"env": environment(self.url), "cwd": ROOT, "input": typed}
        done = subprocess.run(command, **told, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


def environment(url: str) -> dict[str, str]:
    """The tests' own database must not leak into the server's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUYTRE_", "DJANGO_"))}
    return kept | {"LUYTRE_HOME": str(HOME), "PORT": url.rsplit(":", 1)[1]}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    port = free_port()
    url = f"http://localhost:{port}"
    House(HOME, port).move_in()
    log = HOME / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "luytre", "serve"], env=environment(url), cwd=ROOT, stdout=output, stderr=output
        )
    running = Server(url, process, log)
    try:
        running.wait(900)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(HOME, ignore_errors=True)


def browser_path() -> str:
    """A missing browser is an error, never a skip: what was not seen was not tested."""
    path = os.environ.get("LUYTRE_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        raise RuntimeError("No Chromium here; script/test installs one.")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser; what the console complains of is kept."""

    context: BrowserContext
    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        return self.page.goto(self.url + path)

    def sign_in(self, username: str) -> "Visitor":
        self.go("/sign-in/?next=/today/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.locator("form:has([name=password]) button[type=submit]").first.click()
        self.page.wait_for_url(re.compile(r"//[^/]+/today/$"), timeout=60_000)
        return self


MakeVisitor = Callable[..., Visitor]


@pytest.fixture
def visitor(server: Server, chromium: Browser) -> Iterator[MakeVisitor]:
    opened: list[BrowserContext] = []

    def make(username: str = "", **options: Any) -> Visitor:
        context = chromium.new_context(**{"locale": "vi-VN", "viewport": PHONE, **options})
        context.set_default_timeout(15_000)
        context.set_default_navigation_timeout(60_000)
        opened.append(context)
        somebody = Visitor(context, context.new_page(), server.url)
        watch(somebody)
        return somebody.sign_in(username) if username else somebody

    yield make
    for context in opened:
        context.close()


EMPTY_OUTBOX = """async () => {
  const database = await new Promise((told) => {
    const asked = indexedDB.open("luytre-offline");
    asked.onsuccess = () => told(asked.result);
  });
  if (!database.objectStoreNames.contains("items")) return;
  const change = database.transaction(["items", "photos"], "readwrite");
  change.objectStore("items").clear();
  change.objectStore("photos").clear();
  await new Promise((told) => { change.oncomplete = told; });
  database.close();
}"""


@pytest.fixture(scope="module")
def shared_head(server: Server, chromium: Browser) -> Iterator[Visitor]:
    context = chromium.new_context(locale="vi-VN", viewport=PHONE)
    context.set_default_timeout(15_000)
    context.set_default_navigation_timeout(60_000)
    somebody = Visitor(context, context.new_page(), server.url).sign_in("truongban")
    somebody.page.locator("html[data-field=kept]").wait_for(state="attached", timeout=90_000)
    yield somebody
    context.close()


@pytest.fixture
def head(shared_head: Visitor) -> Iterator[Visitor]:
    """The head of a hamlet, signed in once for a whole file, with the forms kept; nothing waits at the beginning."""
    yield shared_head
    shared_head.context.unroute_all()
    shared_head.context.set_offline(False)
    for page in shared_head.context.pages[1:]:
        page.close()
    shared_head.page = shared_head.context.pages[0]
    shared_head.page.evaluate(EMPTY_OUTBOX)


def watch(somebody: Visitor) -> None:
    page = somebody.page
    page.on("pageerror", lambda error: somebody.complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: somebody.complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )
