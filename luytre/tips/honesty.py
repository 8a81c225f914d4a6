"""What a live tip line must serve: the scripts, styles and rules of this program and nothing else.

The list of files with their hashes comes from this machine's own build (or from one that the release's key signed). The
check walks the reporter's pages as a browser without a name and compares byte by byte. It sees what is served to it: a
server that serves something else to one person is not found this way unless that person looks.
"""

import hashlib
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from luytre.tips.days import is_included
from luytre.tips.quiet import is_quiet
from luytre.ui.security import POLICY

KINDS = (".js", ".css")
MOST_PAGES = 40
IMPORTS = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"'\s]+\.js)["']""")
DATA = ("application/json", "application/ld+json")


def listed() -> dict[str, str]:
    """Every script and style of this build, by the address it is served at, with its SHA-256."""
    found = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            if name.endswith(KINDS):
                address = staticfiles_storage.url(name)
                served = address.removeprefix(settings.STATIC_URL)
                is_gathered = staticfiles_storage.exists(served)
                with staticfiles_storage.open(served) if is_gathered else storage.open(name) as file:
                    found[address] = hashlib.sha256(file.read()).hexdigest()
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def fetched(address: str, body: bytes | None = None) -> Answer:
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError(address)
    request = urllib.request.Request(address, body)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


class Page(HTMLParser):
    """The parts of a page that can run or show something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.named: list[str] = []
        self.links: list[str] = []
        self.faults: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "script" and told.get("type") not in DATA:
            self.named.append(told["src"]) if "src" in told else self.faults.append(_("a script in the page itself"))
        if tag == "link" and "stylesheet" in told.get("rel", ""):
            self.named.append(told.get("href", ""))
        if tag == "a":
            self.links.append(told.get("href", ""))
        if tag in ("iframe", "object", "embed", "base", "style"):
            self.faults.append(_("<%(tag)s> in the page") % {"tag": tag})
        if any(name.startswith("on") for name in told) or told.get("href", "").lower().startswith("javascript:"):
            self.faults.append(_("a script in an attribute"))


@dataclass
class Look:
    """One walk through a live site."""

    site: str
    files: dict[str, str]
    root: str = ""
    faults: list[str] = field(default_factory=list)
    pages: int = 0
    compared: int = 0

    def say(self, address: str, fault: str) -> None:
        self.faults.append(f"{address}: {fault}")

    def walk(self) -> None:
        waiting, seen, known = [urljoin(self.site, "/tips/")], set[str](), set[str]()
        while waiting and self.pages < MOST_PAGES:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            answer = fetched(address)
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            page = self.page(address, answer)
            waiting += [one for one in self.own(address, page.links) if one not in seen]
            known |= {urljoin(address, name) for name in page.named}
        compared = set[str]()
        while known - compared:
            one = min(known - compared)
            compared.add(one)
            known |= self.file(one)
        if not known:
            self.say(self.site, _("no page with a script was found"))

    def page(self, address: str, answer: Answer) -> Page:
        self.pages += 1
        if answer.headers.get("content-security-policy") != POLICY:
            self.say(address, _("another content security policy"))
        if "set-cookie" in answer.headers:
            self.say(address, _("a cookie is set"))
        text = answer.body.decode()
        page = Page(text)
        for fault in page.faults:
            self.say(address, fault)
        for said in re.findall(r'"?(?:data-)?root"?[=:]\s*"([0-9a-f]{64})"', text):
            if self.root and said != self.root:
                self.say(address, _("another root key: %(key)s") % {"key": said})
        return page

    def own(self, address: str, links: list[str]) -> Iterator[str]:
        for link in links:
            whole = urljoin(address, link).partition("#")[0]
            parts = urlsplit(whole)
            if parts.netloc == urlsplit(self.site).netloc and is_quiet(parts.path):
                yield whole

    def file(self, address: str) -> set[str]:
        """Compares one that a page or another file names; returns what it imports itself."""
        parts = urlsplit(address)
        if parts.netloc != urlsplit(self.site).netloc:
            self.say(address, _("from elsewhere"))
            return set()
        expected = self.files.get(parts.path)
        content = fetched(address).body
        self.compared += 1
        if expected is None:
            self.say(address, _("not one of the program's files"))
        elif hashlib.sha256(content).hexdigest() != expected:
            self.say(address, _("not what the program has"))
        named = IMPORTS.findall(content.decode(errors="replace")) if address.endswith(".js") else []
        return {urljoin(address, one) for one in named}

    def days(self, seen: dict[str, str], receipt: str = "") -> dict[str, str]:
        """Roots that were public once must stay; a receipt's digest must be under the root of its day."""
        told = {
            one["day"]: one["root"] for one in json.loads(fetched(urljoin(self.site, "/tips/days.json")).body)["days"]
        }
        for day, root in seen.items():
            if told.get(day, root) != root:
                self.say(day, _("the root of this day was changed"))
        if receipt:
            answer = fetched(urljoin(self.site, "/tips/sealed/proof/"), json.dumps({"digest": receipt}).encode())
            said: dict[str, Any] = json.loads(answer.body) if answer.status == 200 else {}
            if (
                not said
                or told.get(said["day"]) != said["root"]
                or said["leaf"] != receipt
                or not is_included(said, said["root"])
            ):
                self.say(receipt, _("not under the root of any day"))
        return {**told, **seen}
