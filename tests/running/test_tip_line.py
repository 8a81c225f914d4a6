"""The tip line on a real server: two hundred at once, killed in the middle, and searched for what was said (R1, R2)."""

import base64
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from socket import socket
from typing import Any

import psycopg
import pytest

from luytre.running import programs
from luytre.tips.framing import framed
from luytre.tips.sealing import Sealer, sealer
from tests.running import planted
from tests.running.tip_line import FORM, SEALED, Reporter, TipHouse, door_of, plain_form
from tests.tips import presealed

SENTENCE = "Bà Lường Thị Ẩn thấy họ giấu hàng dưới gầm cầu Bản Xổm lúc gà gáy"
CLIENT = {
    "User-Agent": "Trinh-duyet-gieo-4471/1.0",
    "X-Forwarded-For": "203.0.113.177",
    "Referer": "https://noi-khac.example/trang-gieo-4472",
    "Cookie": "ten_gieo_4473=1",
    "Accept-Language": "vi-x-gieo4474",
}
NAMING = ("Trinh-duyet-gieo-4471", "203.0.113.177", "trang-gieo-4472", "ten_gieo_4473", "x-gieo4474")
TABLES = ("tips_tip", "tips_wrapping", "tips_part", "tips_identityseal", "tips_step", "audit_auditentry")
WHOLE = """
SELECT count(*) FILTER (WHERE wrappings = 2 AND parts = 1 AND steps >= 1), count(*) FROM (
  SELECT (SELECT count(*) FROM tips_wrapping WHERE tip_id = tip.id) AS wrappings,
         (SELECT count(*) FROM tips_part WHERE tip_id = tip.id) AS parts,
         (SELECT count(*) FROM tips_step WHERE tip_id = tip.id) AS steps
  FROM tips_tip AS tip WHERE tip.id = ANY(%s)) AS told
"""

pytestmark = pytest.mark.slow


@dataclass
class Line:
    house: TipHouse
    founded: dict[str, Any]
    server: Any
    sealing: Sealer

    def reporter(self) -> Reporter:
        return Reporter(self.house.port, CLIENT)

    def keys(self) -> dict[str, Any]:
        with self.reporter() as one:
            return one.keys(self.founded["desk"])

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        with self.reporter() as one:
            return one.post(path, body)

    def tips(self, count: int) -> list[presealed.Presealed]:
        return [presealed.tip(door_of(self.founded), f"{SENTENCE} {number}") for number in range(count)]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.house.cluster.url()) as connection:
            return connection.execute(query, values).fetchall()

    def counts(self) -> dict[str, int]:
        return {name: self.rows(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}  # noqa: S608

    def whole(self, tips: list[presealed.Presealed]) -> tuple[int, int]:
        found = self.rows(WHOLE, [one.id for one in tips])[0]
        return int(found[0]), int(found[1])


@contextmanager
def a_line(folder: Path) -> Iterator[Line]:
    folder.chmod(0o755)
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with sealer() as sealing:
        house = TipHouse(folder, port, sealing.ask("signer"))
        house.move_in()
        with house.cluster.in_use():
            founded = house.found()
            one = Line(house, founded, house.start(), sealing)
            try:
                yield one
            finally:
                one.server.terminate()
                one.server.wait(60)
                print(house.words.read_text()[-4000:])


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    folder = Path(tempfile.mkdtemp(prefix="luytre-line-"))
    try:
        with a_line(folder) as one:
            yield one
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, quickly full."""
    folder = Path(tempfile.mkdtemp(prefix="luytre-small-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600m,mode=755", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
    folder.rmdir()


def test_two_hundred_at_once_are_all_stored_once(line: Line) -> None:
    tips, asked = line.tips(200), line.keys()
    ready = threading.Barrier(20)

    def reporter(own: list[presealed.Presealed]) -> list[tuple[int, bytes]]:
        with line.reporter() as one:
            ready.wait()
            return [one.send(tip, asked) for tip in own]

    with ThreadPoolExecutor(20) as pool:
        answers = [answer for said in pool.map(reporter, [tips[n::20] for n in range(20)]) for answer in said]
    assert {status for status, _said in answers} == {201}
    assert {json.loads(said)["receipt"] for _status, said in answers} == {tip.receipt for tip in tips}
    assert line.whole(tips) == (200, 200)


def test_the_same_tip_ten_times_at_once_is_one(line: Line) -> None:
    (tip,), asked = line.tips(1), line.keys()
    body = tip.posted(asked["challenge"], asked["bits"])
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _n: line.post("sealed/", body), range(10)))
    assert sorted(status for status, _said in answers) == [200] * 9 + [201]
    assert line.whole([tip]) == (1, 1)


def test_what_was_accepted_is_stored_when_everything_is_killed(line: Line) -> None:
    tips, chance = line.tips(60), random.Random(11)
    told: dict[str, str] = {}

    def reporter(own: list[presealed.Presealed]) -> None:
        asked = line.keys()
        with line.reporter() as one:
            for tip in own:
                told[tip.id] = one.send_until_told(tip, asked, seconds=300)
                time.sleep(0.05)

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(reporter, tips[n::3]) for n in range(3)]
        for number in range(3):
            time.sleep(chance.uniform(0.5, 1.5))
            line.house.kill(line.server, only_database=number != 1)
            if number == 1:
                line.server.wait()
                line.server = line.house.start()
            else:
                line.house.wait_until_healthy(line.server)
        for one in running:
            one.result()
    assert told == {tip.id: tip.receipt for tip in tips}
    assert line.whole(tips) == (60, 60)


POSTS = 10_000
READ_AT = (400, 3600, 6800)  # posts after which the memory is read
GROWTH = 64 * 1024 * 1024  # bytes by which a process may grow under rubbish
TALKING = ("conversation/", "part/", "withdrawal/", "verdict/", "complaint/", "proof/", "code/")


def rubbish(number: int, chance: random.Random, good: presealed.Presealed, whole: bytes) -> tuple[str, bytes]:
    """One of many kinds, each with the words in it that nobody may find again."""
    clear = SENTENCE.encode()
    match number % 10:
        case 0:
            return "sealed/", clear + chance.randbytes(chance.randrange(2000))
        case 1:
            return "sealed/", whole[: chance.randrange(len(whole))]
        case 2:
            return "sealed/", framed({**good.head, "tip": chance.choice(["", "x", 7, None, SENTENCE])}, good.pieces)
        case 3:
            said = chance.choice(["0.0.0", SENTENCE, "7.é.é", "7.\ud800.0", None, [SENTENCE]])
            return "sealed/", framed({**good.head, "challenge": {"challenge": said, "nonce": number}}, good.pieces)
        case 4:
            head = {"lookup": chance.randbytes(32).hex(), "rung": 0, "number": 1, "note": SENTENCE}
            return "sealed/parts/", framed(head, [chance.randbytes(17000)])
        case 5:  # whole, but for its seal
            return "sealed/", framed(good.head, [*good.pieces[:2], clear.ljust(len(good.pieces[2]))])
        case 6:  # nested deeper than a reader goes
            deep = b'{"lengths":' + b"[" * chance.choice([900, 4000, 30_000])
            return "sealed/", len(deep).to_bytes(4, "big") + deep
        case 7:
            body = chance.choice([clear, b"[" * 4000, b'{"lookup": "\\u0000"}'])
            return f"sealed/{TALKING[number % len(TALKING)]}", body
        case 8:  # a stranger's number, a stranger's words
            said = {"lookup": chance.randbytes(32).hex(), "digest": SENTENCE, "settled": SENTENCE, "desk": SENTENCE}
            return f"sealed/{TALKING[number % len(TALKING)]}", json.dumps(said).encode()
        case _:
            return "sealed/", framed({**good.head, "named": [[SENTENCE, SENTENCE]], "rung": -1}, good.pieces)


def own_memory(processes: list[int]) -> dict[int, int]:
    """Bytes that each of them holds for itself: what was read from files comes and goes as the machine likes."""
    found = {}
    for process in processes:
        with suppress(OSError):
            said = Path(f"/proc/{process}/status").read_text()
            held = re.findall(r"^(?:RssAnon|VmSwap):\s+(\d+) kB$", said, re.M)
            found[process] = sum(int(kilobytes) for kilobytes in held) * 1024
    return found


def test_ten_thousand_rubbish_posts_change_nothing_and_the_good_ones_between_them_are_stored(line: Line) -> None:
    (bait, *good), asked, before = line.tips(25), line.keys(), line.counts()
    whole, said_before = bait.posted("0.0.0", 0), line.house.words.stat().st_size
    held: list[dict[int, int]] = []

    def stranger(place: int) -> set[int]:
        chance, statuses = random.Random(place), set()
        with line.reporter() as one:
            for number in range(place, POSTS, 4):
                statuses.add(one.post(*rubbish(number, chance, bait, whole))[0])
                if place == 0 and number in READ_AT:
                    held.append(own_memory(line.house.processes(line.server)))
        return statuses

    with ThreadPoolExecutor(4) as pool:
        strangers = [pool.submit(stranger, place) for place in range(4)]
        with line.reporter() as one:
            for tip in good:
                assert one.send(tip, asked)[0] == 201
                assert one.send(tip, asked)[0] == 200  # the same again
                other = presealed.Presealed(tip.head, bait.pieces)
                assert one.send(other, asked)[0] == 409  # another tip under its number
                ahead = {"lookup": tip.head["lookup"], "rung": 0, "number": 3}
                assert one.post("sealed/parts/", framed(ahead, [bait.pieces[2]]))[0] == 409  # out of order
        answers = set[int]().union(*(one.result() for one in strangers))
    assert answers <= set(range(400, 500)), answers
    after = line.counts()
    assert after["tips_tip"] == before["tips_tip"] + len(good)
    assert after["tips_part"] == before["tips_part"] + len(good)
    assert after["tips_wrapping"] == before["tips_wrapping"] + 2 * len(good)
    assert line.whole([bait, *good]) == (len(good), len(good))
    held.append(own_memory(line.house.processes(line.server)))
    assert len(held) == len(READ_AT) + 1
    lasting = set(held[0]).intersection(*held)
    assert line.server.pid in lasting
    # A process that loads the program or does its first job grows once; one that keeps what strangers post, every time.
    grown = {one: min(later[one] - earlier[one] for earlier, later in pairwise(held)) for one in lasting}
    assert max(grown.values()) * len(READ_AT) < GROWTH, [{one: read[one] for one in lasting} for read in held]
    with line.house.words.open("rb") as log:
        log.seek(said_before)
        logged = log.read()
    assert b"Traceback" not in logged, logged[-3000:]
    looked = [("log", logged), *planted.files_below(line.house.temporary)]
    assert planted.search(looked, planted.spellings(SENTENCE)) == []


def test_an_upload_that_breaks_off_leaves_nothing(line: Line) -> None:
    (tip,), asked, before = line.tips(1), line.keys(), line.counts()
    body = tip.posted(asked["challenge"], asked["bits"])
    for share in (0.1, 0.5, 0.99):
        connection = http.client.HTTPConnection("127.0.0.1", line.house.port, timeout=10)
        connection.putrequest("POST", "/tips/sealed/")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[: int(len(body) * share)])
        connection.close()
    time.sleep(1)
    assert line.counts() == before
    assert line.post("sealed/", body)[0] == 201


def test_a_full_disk_loses_nothing_that_was_accepted(small_disk: Path) -> None:
    with a_line(small_disk) as line:
        tips, asked, before = line.tips(150), line.keys(), line.counts()
        told = {tip.id: line.post("sealed/", tip.posted(asked["challenge"], asked["bits"]))[0] for tip in tips[:20]}
        filler = small_disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1024 * 1024))
        refused = 0
        for tip in tips[20:]:
            with suppress(OSError, http.client.HTTPException):
                told[tip.id] = line.post("sealed/", tip.posted(asked["challenge"], asked["bits"]))[0]
            refused += told.get(tip.id) != 201
        filler.unlink()
        line.house.wait_until_healthy(line.server)
        accepted = [tip for tip in tips if told.get(tip.id) == 201]
        assert refused
        assert line.whole(accepted) == (len(accepted), len(accepted))
        with line.reporter() as one:
            assert {one.send_until_told(tip, asked) for tip in tips} == {tip.receipt for tip in tips}
        assert line.whole(tips) == (150, 150)
        assert line.counts()["tips_tip"] == before["tips_tip"] + 150


# What was said is nowhere


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    needles = planted.spellings(SENTENCE)
    (tmp_path / "plain").write_text(f"x {SENTENCE} y")
    (tmp_path / "apart").write_text(unicodedata.normalize("NFD", SENTENCE))
    (tmp_path / "wide").write_bytes(SENTENCE.encode("utf-16"))
    (tmp_path / "packed").write_bytes(planted.packed(f"{'a' * 5000}{SENTENCE}"))
    (tmp_path / "hexadecimal").write_text(SENTENCE.encode().hex())
    for before in ("", "a", "ab"):
        (tmp_path / f"coded{len(before)}").write_bytes(base64.b64encode(f"{before}{SENTENCE} sau".encode()))
    found = planted.search(planted.files_below(tmp_path), needles)
    assert {Path(one.partition(":")[0]).name for one in found} == {file.name for file in tmp_path.iterdir()}


def test_the_search_finds_what_a_process_holds_open_without_a_name() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(SENTENCE.encode())
        file.flush()
        assert planted.search(planted.open_files([os.getpid()]), planted.spellings(SENTENCE))


def everything(line: Line) -> Iterator[tuple[str, bytes]]:
    dump = line.house.path.parent / f"{line.house.path.name}.sql"
    programs.run("pg_dump", "--no-owner", f"--file={dump}", url=line.house.cluster.url())
    yield "pg_dump", dump.read_bytes()
    dump.unlink()
    yield from planted.files_below(line.house.path, line.house.cluster.base)
    yield from planted.open_files(line.house.processes(line.server))


def test_neither_words_nor_file_nor_client_are_found_anywhere(line: Line) -> None:
    content = random.Random(9).randbytes(3 * 1024 * 1024)
    needles = planted.spellings(SENTENCE) | planted.of_file(content)
    for name in NAMING:
        needles[name] = name.encode()
    made = sealed_by_the_browsers_library(line)
    slowly(line, "sealed/", framed(made["head"], made["pieces"]), needles)
    about = {
        "tip": made["id"],
        "direction": "reporter",
        "kind": "file",
        "before": made["last"],
        "seen": {"number": 0, "digest": ""},
        "more": {"name": f"{SENTENCE}.jpg", "type": "image/jpeg"},
    }
    part = line.sealing.ask("part", about=about, body=content, recipient=made["recipient"], signer=made["signer"])
    head = {"lookup": made["lookup"], "rung": part["rung"], "number": 2}
    slowly(line, "sealed/parts/", framed(head, [part["sealed"]]), needles)
    plain = plain_form(line.founded, SENTENCE, content, name=SENTENCE)
    before = line.counts()
    slowly(line, "plain/", plain, needles, kind=FORM)
    after = line.counts()
    assert (after["tips_tip"], after["tips_part"]) == (before["tips_tip"] + 1, before["tips_part"] + 2)
    provoke(line)
    assert line.post("sealed/conversation/", json.dumps({"lookup": made["lookup"]}).encode())[0] == 200
    assert planted.search(everything(line), needles) == []
    plant(line)
    assert len({hit.partition(":")[0] for hit in planted.search(everything(line), needles)}) >= 2


def sealed_by_the_browsers_library(line: Line) -> dict[str, Any]:
    asked = line.keys()
    return dict(
        line.sealing.ask(
            "tip",
            chain=line.founded["chain"],
            root=line.house.root["key"],
            desk=line.founded["desk"],
            told={"text": SENTENCE, "matter": "drugs", "kind": "tip"},
            name={"name": SENTENCE},
            files=1,
            challenge=asked["challenge"],
            bits=asked["bits"],
        )
    )


def slowly(line: Line, path: str, body: bytes, needles: dict[str, bytes], *, kind: str = SEALED) -> None:
    """In pieces, with a look into temporary folders and open files between them."""
    connection = http.client.HTTPConnection("127.0.0.1", line.house.port, timeout=60)
    connection.putrequest("POST", f"/tips/{path}")
    for name, value in {**CLIENT, "Content-Type": kind, "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders()
    step = max(len(body) // 3, 1)
    for at in range(0, len(body), step):
        connection.send(body[at : at + step])
        looked = [
            *planted.files_below(line.house.temporary),
            *planted.open_files(line.house.processes(line.server)[:8]),
        ]
        assert planted.search(looked, needles) == []
    assert connection.getresponse().status in (200, 201)
    connection.close()


def provoke(line: Line) -> None:
    """Errors of every kind, with the words in them."""
    clear = SENTENCE.encode()
    for path in ("sealed/", "sealed/parts/", "sealed/conversation/", "sealed/part/", "sealed/verdict/", "nothing/"):
        assert 400 <= line.post(path, clear)[0] < 500
        assert 400 <= line.post(path, json.dumps({"lookup": SENTENCE, "settled": SENTENCE}).encode())[0] < 500
    head = {"tip": SENTENCE, "desk": SENTENCE, "lookup": SENTENCE}
    assert line.post("sealed/", framed(head, [clear] * 3))[0] == 400


def plant(line: Line) -> None:
    """On purpose: in a row and in a log; the search must see both."""
    with psycopg.connect(line.house.cluster.url()) as connection:
        connection.execute("CREATE TABLE planted AS SELECT %s::text AS said", [SENTENCE])
    with line.house.words.open("a") as log:
        log.write(SENTENCE)
