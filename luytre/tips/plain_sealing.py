"""Sealing and opening for who has no scripts: in a child process, so many at once, honest when there are more."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from luytre.tips import intake, keychain
from luytre.tips.framing import Framed
from luytre.tips.models import Channel, Desk, Direction, Part, Tip
from luytre.tips.sealing import START, Sealer, SealingFailed, sealer
from luytre.ui.pictures import NotAPicture, TooBig, made_anew

WAIT = 20  # seconds that somebody waits for a free child
READ_RUNGS = 2  # larger parts are files: too much to open here
CHAIN_FAULTS = ("Expired", "Older", "Forged", "Closed")


class Busy(Exception):
    """Too many at this moment."""


class NotSealed(Exception):
    """The desk's keys cannot be trusted now, so nothing was sealed to them."""


class NotReadable(Exception):
    """The code leads nowhere, or has a slip: `why` and `word` say which."""

    def __init__(self, why: str, word: str = "") -> None:
        super().__init__(why)
        self.why, self.word = why, word


class Gate:
    """Some work at once, as many wait, the others are told to come later."""

    def __init__(self) -> None:
        self.lock, self.inside = threading.Condition(), 0
        self.waiting = 0

    @contextmanager
    def entered(self, most: int) -> Iterator[None]:
        with self.lock:
            if self.waiting >= most:
                raise Busy
            self.waiting += 1
            try:
                if not self.lock.wait_for(lambda: self.inside < most, WAIT):
                    raise Busy
            finally:
                self.waiting -= 1
            self.inside += 1
        try:
            yield
        finally:
            with self.lock:
                self.inside -= 1
                self.lock.notify()


GATE = Gate()


@contextmanager
def child() -> Iterator[Sealer]:
    with GATE.entered(settings.TIPS_PLAIN_AT_ONCE), sealer() as one:
        yield one


@dataclass(frozen=True)
class Attached:
    name: str
    type: str
    body: bytes = field(repr=False)


def attached(name: str, kind: str, body: bytes, number: int) -> Attached:
    """A photo is made anew, so that place, time and camera stay behind; other files go as they are."""
    try:
        return Attached(f"photo-{number}.jpg", "image/jpeg", made_anew(body).content)
    except (NotAPicture, TooBig):
        return Attached(name[-80:], kind[:80], body)


@dataclass(frozen=True)
class Sent:
    words: list[str]
    receipt: str


def send(*, number: str, desk: Desk, told: dict[str, Any], name: dict[str, str] | None, files: list[Attached]) -> Sent:
    """Sealed and stored, or nothing of it."""
    chain = keychain.of(desk.pk)
    if chain is None:
        raise NotSealed
    with child() as one:
        try:
            made = one.ask(
                "tip",
                **{"chain": chain, "root": keychain.root(), "desk": str(desk.pk), "id": number},
                **{"told": told, "name": name, "files": len(files)},
            )
        except SealingFailed as failed:
            if failed.name in CHAIN_FAULTS:
                raise NotSealed from None
            raise
        accepted = intake.accept(Framed(made["head"], made["pieces"]), channel=Channel.PLAIN)
        if not accepted.is_new:
            raise intake.Refused("number")
        add_files(one, accepted.tip, made, made["last"], START, files)
    return Sent(made["words"], accepted.receipt)


def add_part(one: Sealer, tip: Tip, keys: dict[str, Any], about: dict[str, Any], body: bytes) -> dict[str, Any]:
    about = {"tip": str(tip.pk), "direction": Direction.REPORTER.value, **about}
    made = one.ask("part", about=about, body=body, recipient=keys["recipient"], signer=keys["signer"])
    intake.add_part(tip, Direction.REPORTER, Framed({"number": made["number"], "rung": made["rung"]}, [made["sealed"]]))
    return {"number": made["number"], "digest": made["digest"]}


def add_files(
    one: Sealer, tip: Tip, keys: dict[str, Any], before: dict[str, Any], seen: dict[str, Any], files: list[Attached]
) -> dict[str, Any]:
    for file in files:
        about = {"kind": "file", "before": before, "seen": seen, "more": {"name": file.name, "type": file.type}}
        before = add_part(one, tip, keys, about, file.body)
    return before


@dataclass
class Conversation:
    """What the code opens, for one request: `warning` when something is forged or missing."""

    tip: Tip
    keys: dict[str, Any] = field(repr=False)
    lookup: str = field(repr=False)
    is_trusted: bool = False
    warning: str = ""
    said: list[dict[str, Any]] = field(default_factory=list, repr=False)
    ours: list[Part] = field(default_factory=list)
    theirs: list[dict[str, Any]] = field(default_factory=list, repr=False)

    @property
    def last(self) -> dict[str, Any]:
        return {"number": self.ours[-1].number, "digest": self.ours[-1].digest} if self.ours else START

    @property
    def seen(self) -> dict[str, Any]:
        one = self.theirs[-1] if self.theirs else None
        return {"number": one["head"]["number"], "digest": one["digest"]} if one else START


@contextmanager
def opened(typed: str) -> Iterator[tuple[Sealer, Conversation]]:
    with child() as one:
        try:
            code = one.ask("code", typed=typed, root=keychain.root())
        except SealingFailed as failed:
            raise NotReadable(failed.kind or "unknown", failed.word) from None
        try:
            tip = intake.find(code["lookup"])
        except intake.Refused:
            raise NotReadable("nothing") from None
        keys = one.ask("keys", wrapping=bytes(tip.wrappings.get(epoch=None).sealed), code=code)
        yield one, read(one, tip, keys, code["lookup"])


def new_words(one: Sealer) -> list[str]:
    """For a reporter whose code an officer has seen; nothing is stored before they come back with them."""
    return list(one.ask("words"))


def exchange(one: Sealer, talk: Conversation, words: str) -> Conversation:
    """The words that an officer handed over open nothing any more; the reporter's own do."""
    about = {"keys": talk.keys, "lookup": talk.lookup, "root": keychain.root(), "words": words}
    try:
        made = one.ask("newWords", **about)
    except SealingFailed as failed:
        raise NotReadable(failed.kind or "unknown", failed.word) from None
    intake.replace_code(Framed(made["head"], made["pieces"]))
    talk.tip.refresh_from_db()
    return read(one, talk.tip, talk.keys, made["lookup"])


def read(one: Sealer, tip: Tip, keys: dict[str, Any], lookup: str) -> Conversation:
    talk = Conversation(tip, keys, lookup, ours=list(tip.parts.filter(direction=Direction.REPORTER)))
    speaking = keychain.speaking(tip)
    lists = trusted_lists(one, tip, keys, speaking["chains"])
    talk.is_trusted = lists is not None
    for part in talk.ours:
        talk.said.append({"mine": True, "at": part.came_at, **shown(one, part, keys)})
    try:
        for part in tip.parts.filter(direction=Direction.DESK):
            found = one.ask("read", sealed=bytes(part.sealed), identity=keys["identity"])
            talk.theirs.append({"head": found["head"], "digest": found["digest"]})
            talk.said.append({"mine": False, "at": part.came_at, **spelled(found)})
        order = {"tip": str(tip.pk), "direction": "desk", "lists": lists or [], "onlyLast": True}
        one.ask("order", parts=talk.theirs, ways=speaking["ways"], **order)
        one.ask("seen", theirs=talk.theirs, ours=[{"digest": part.digest} for part in talk.ours])
    except SealingFailed as failed:
        talk.warning = "forged" if failed.name == "Forged" else "missing"
        talk.said = [said for said in talk.said if said["mine"]]
        talk.is_trusted = False
    talk.said.sort(key=lambda said: said["at"])
    return talk


def trusted_lists(
    one: Sealer, tip: Tip, keys: dict[str, Any], chains: dict[str, dict[str, Any]]
) -> list[dict[str, Any]] | None:
    """What says who speaks for the desks that had the tip; None when the present desk's list does not hold."""
    lists: list[dict[str, Any]] = []
    for desk, chain in chains.items():
        least = keys["list"] if keys["desk"] == desk else 0
        about = {"chain": chain, "root": keychain.root(), "desk": desk, "atLeast": least}
        try:
            lists.append(one.ask("chain", **about))
        except SealingFailed:
            if desk == str(tip.desk_id):
                return None
    return lists


def shown(one: Sealer, part: Part, keys: dict[str, Any]) -> dict[str, Any]:
    if part.rung > READ_RUNGS:
        return {"kind": "file", "text": "", "name": ""}
    return spelled(one.ask("read", sealed=bytes(part.sealed), identity=keys["identity"]))


def spelled(found: dict[str, Any]) -> dict[str, Any]:
    head = found["head"]
    said = json.loads(found["body"]) if head["kind"] in ("tip", "message") else {}
    return {"kind": head["kind"], "text": said.get("text", ""), "name": head.get("name", "")}
