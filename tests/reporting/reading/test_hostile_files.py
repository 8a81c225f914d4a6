"""Files that are broken, or made to do harm: each gets one clear answer, within the time that is left to it."""

import io
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from luytre.reporting.reading import child, confined, texts
from luytre.reporting.reading.files import Kind, Refused, Trouble
from luytre.reporting.reading.texts import Unreadable
from tests.reporting.reading import made
from tests.reporting.reading.made import OLE, SENTENCE
from tests.reporting.reading.test_texts import tesseract, trouble_of

FUZZING = 15.0  # seconds in all
MAIN = "word/document.xml"


# With a password


def test_word_with_a_password():
    name = "EncryptedPackage".encode("utf-16-le")
    assert trouble_of(OLE + bytes(504) + name + bytes(2000), "a.docx") is Trouble.ENCRYPTED


def test_zip_parts_with_a_password():
    content = made.raw_word("<w:p/>")
    locked = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert locked != content
    assert trouble_of(locked, "a.docx") is Trouble.ENCRYPTED


def test_open_document_with_a_password():
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert trouble_of(made.open_document("<text:p>x</text:p>", **manifest), "a.odt") is Trouble.ENCRYPTED


def test_pdf_with_a_password():
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (b"41" * 32, b"42" * 32)
    assert trouble_of(made.plain_pdf(made.shown(b"x"), trailer=key), "a.pdf") is Trouble.ENCRYPTED


# Bombs


def test_a_part_that_unpacks_to_more_than_it_may():
    assert trouble_of(made.zipped({MAIN: b" " * 200_000_000}), "a.docx") is Trouble.BOMB


def test_many_parts_that_together_unpack_to_too_much():
    parts = {MAIN: "<a/>"} | {f"word/media/{number}.bmp": b" " * 4_000_000 for number in range(40)}
    assert trouble_of(made.zipped(parts), "a.docx") is Trouble.BOMB


def test_more_parts_than_any_document_has():
    parts = {f"{number}": "" for number in range(6_000)} | {MAIN: "<a/>"}
    assert trouble_of(made.zipped(parts, zipfile.ZIP_STORED), "a.docx") is Trouble.BOMB


def test_zips_in_zips():
    """As 42.zip: sixteen zips of sixteen zips, at the end files of zeros; not even the first is opened."""
    inner = made.zipped({"0.dll": bytes(5_000_000)})
    for _ in range(3):
        inner = made.zipped({f"lib {number}.zip": inner for number in range(16)})
    assert trouble_of(inner, "42.zip") is Trouble.PACKED
    assert trouble_of(inner, "42.docx") is Trouble.PACKED


def test_a_size_that_lies():
    """Declares 200 MB for a few bytes, and a few bytes for 5 MB."""
    content = bytearray(made.zipped({MAIN: b" " * 5_000_000}))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = (200_000_000).to_bytes(4, "little")
    assert trouble_of(bytes(content), "a.docx") is Trouble.BOMB
    content[place : place + 4] = (20).to_bytes(4, "little")
    assert trouble_of(bytes(content), "a.docx") is Trouble.BROKEN


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!ENTITY l0 "ha">{LAUGHS}',
        '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
        f'<!ENTITY l9 "{"a" * 60_000}">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p; <!ENTITY l9 "a">',
    ],
)
def test_entities_are_refused_before_they_grow(declared):
    body, head = "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>" * 50, f"<!DOCTYPE l [{declared}]>"
    assert trouble_of(made.raw_word(body, head), "a.docx") is Trouble.BOMB
    wide = f"<?xml version='1.0' encoding='utf-16'?>{head}<a>{body}</a>".encode("utf-16")
    assert trouble_of(made.zipped({MAIN: wide}), "a.docx") in (Trouble.BOMB, Trouble.BROKEN)


def test_styles_that_are_based_on_each_other():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("a", "b"), ("b", "a"))
    )
    body = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    parts = {MAIN: f"<w:document {made.W}><w:body>{body}</w:body></w:document>"}
    content = made.zipped(parts | {"word/styles.xml": f"<w:styles {made.W}>{styles}</w:styles>"})
    assert texts.text_of(content, "a.docx").text == "x\n"


# Depth


@pytest.mark.parametrize("depth", [60, 5_000])
def test_tables_in_tables(depth):
    body = "<w:tbl><w:tr><w:tc>" * depth + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * depth
    if depth < 100:
        assert texts.text_of(made.raw_word(body), "a.docx").text == "x\n"
    else:
        assert trouble_of(made.raw_word(body), "a.docx") in (Trouble.BROKEN, Trouble.TOO_HARD)


@pytest.mark.parametrize("closing", ["", "</div>" * 100_000, "</b></i>" * 100_000])
def test_a_page_of_the_web_a_hundred_thousand_deep(closing):
    assert texts.text_of(f"<html>{'<div>' * 100_000}chào{closing}".encode(), "a.html").text == "chào\n"


def test_rtf_that_opens_and_never_closes():
    assert trouble_of(b"{\\rtf1 " + b"{" * 500_000, "a.rtf") is Trouble.TOO_HARD


@pytest.mark.parametrize("unfinished", ["<a ", "<!", "<!--", "&#x", "<script>", "</", "<a href='"])
def test_markup_that_is_never_finished(unfinished):
    begun = time.monotonic()
    answer(f"<html>{unfinished * 20_000}".encode(), "a.html")
    answer(f"<html>{unfinished * 20_000}>".encode(), "a.html")
    assert time.monotonic() - begun < confined.SECONDS


# Strange signs


def test_empty_signs_in_a_text():
    found = texts.text_of(f"Có 25\x00 buổi. {SENTENCE * 10}".encode(), "a.txt")
    assert found.text.startswith("Có 25  buổi. ")
    assert str(found.notes[0]).startswith("1 ký tự")
    assert trouble_of(b"\x00" * 1000, "a.txt") is Trouble.NOT_TEXT


def test_a_program_that_is_called_a_text():
    assert trouble_of(Path(sys.executable).resolve().read_bytes()[:100_000], "a.txt") is Trouble.NOT_TEXT


def test_signs_of_unicode_that_stand_for_nothing():
    content = rb"{\rtf1 a\u-10179?\u-8702?b\u-10179?c}"
    assert texts.text_of(content, "a.rtf").text == "a\U0001f602b\ufffdc\n"


# Limits


def test_a_process_that_takes_too_long_is_ended_with_its_children():
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        confined.answer(["/bin/sh", "-c", "sleep 60 & wait"], b"x" * 1_000_000, seconds=0.5)
    assert refused.value.trouble is Trouble.TOO_HARD
    assert time.monotonic() - begun < 10


def test_a_process_that_talks_without_end_is_ended(monkeypatch):
    monkeypatch.setattr(confined, "MAX_ANSWER", 10_000)
    with pytest.raises(Refused):
        confined.answer(["/bin/sh", "-c", "while :; do echo aaaaaaaaaa; done"], b"", seconds=20)


@pytest.mark.parametrize(
    "said", [b"", b"{}", b"[", b'{"trouble": "?"}', b'{"kind": "docx", "text": 5}', b"null", b"\xff"]
)
def test_an_answer_that_makes_no_sense_means_a_broken_file(said):
    with pytest.raises(Refused) as refused:
        confined.found_in(said)
    assert refused.value.trouble is Trouble.BROKEN


def confined_python(program: str) -> subprocess.CompletedProcess[str]:
    begin = "from luytre.reporting.reading import child; child.confine(seconds=1, memory=child.MEMORY)\n"
    command = [sys.executable, "-c", begin + program]
    return subprocess.run(command, cwd=confined.ROOT, capture_output=True, text=True, timeout=60)


def test_the_process_has_little_memory_and_time_and_writes_nowhere(tmp_path):
    assert "MemoryError" in confined_python("b'x' * 3_000_000_000").stderr
    assert "OSError" in confined_python(f"open({str(tmp_path / 'a')!r}, 'wb', 0).write(b'x')").stderr
    assert confined_python("while True: pass").returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_the_process_starts_quickly_and_knows_no_django_and_no_secret(monkeypatch):
    monkeypatch.setenv("LUYTRE_SECRET_KEY", "hidden")
    program = (
        "import os, sys, json\n"
        "from luytre.reporting.reading import child, hypertext, packed, pages, rich\n"
        "print(json.dumps([[one for one in sys.modules if one.split('.')[0] == 'django'], list(os.environ)]))"
    )
    said = confined.answer([sys.executable, "-c", program], b"", seconds=20)
    assert b"django" not in said
    assert b"LUYTRE" not in said
    times = []
    for _ in range(3):
        begun = time.monotonic()
        texts.text_of(made.word("x"), "a.docx")
        times.append(time.monotonic() - begun)
    assert min(times) < 1.0  # 0.08 on the machine it was written on


def test_reading_pictures_may_not_last_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(confined, "SECONDS", 1.0)
    monkeypatch.setattr(confined.scans, "SECONDS", 1.0)
    tesseract(tmp_path, monkeypatch, "exec sleep 60")
    assert trouble_of(made.scan(), "a.pdf", ocr=True) is Trouble.TOO_HARD


def test_whatever_goes_wrong_inside_is_an_answer(monkeypatch):
    class Reader:
        def __init__(self, error):
            self.error = error

        def read(self, content):
            raise self.error

    assert child.answer(Reader(KeyError("x")), b"", ocr=False) == {"trouble": Trouble.BROKEN}
    assert child.answer(Reader(MemoryError()), b"", ocr=False) == {"trouble": Trouble.TOO_HARD}
    assert child.answer(Reader(Refused(Trouble.BOMB)), b"", ocr=False) == {"trouble": Trouble.BOMB}


# Damaged at random


def answer(content: bytes, name: str) -> str:
    """Text or a refusal; anything else fails the test."""
    try:
        return texts.text_of(content, name).text
    except Unreadable:
        return ""


def sound() -> list[tuple[str, bytes]]:
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}}\f0 T\'e6 ch\'f8c \u7893? {\b 25}\par x\cell y\row}"
    return [
        ("a.docx", made.word(SENTENCE, "§éc lËp - Tù do - H¹nh phóc")),
        ("b.docx", made.zipped({MAIN: f"<w:document {made.W}><w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
                                      "</w:body></w:document>"}, zipfile.ZIP_STORED)),
        ("a.odt", made.open_document(f"<text:p>{SENTENCE}</text:p>")),
        ("a.pdf", made.pdf(f"= Báo cáo\n{SENTENCE}\n- một\n- hai")),
        ("b.pdf", made.plain_pdf(made.shown(b"T\xe6 ch\xf8c 25"), font="#2EVnTime")),
        ("c.pdf", made.scan()),
        ("a.html", f"<!doctype html><body><nav>x</nav><table><tr><td>{SENTENCE}</table>".encode()),
        ("a.rtf", rtf),
        ("a.txt", SENTENCE.encode()),
        ("b.txt", SENTENCE.encode("utf-16")),
    ]  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    some = bytearray(content)
    match chance.randrange(4):
        case 0:
            return bytes(some[: chance.randrange(len(some))])
        case 1:
            for _ in range(chance.randint(1, 30)):
                some[chance.randrange(len(some))] = chance.randrange(256)
        case 2:
            place = chance.randrange(len(some))
            some[place:place] = some[chance.randrange(len(some)) :][: chance.randint(1, 400)]
        case _:
            place = chance.randrange(len(some))
            del some[place : place + chance.randint(1, 200)]
    return bytes(some)


def test_damaged_files_are_answered():
    """As many as there is time for, the same ones each time."""
    chance, files, end = random.Random(20261127), sound(), time.monotonic() + FUZZING
    count = 0
    while time.monotonic() < end and count < 400:
        name, content = files[count % len(files)]
        answer(damaged(content, chance), name)
        count += 1
    assert count >= len(files)


@pytest.mark.parametrize("kind", [*Kind, "zip"])
def test_every_kind_but_plain_text_has_its_reader(kind):
    is_read_otherwise = kind in (Kind.TXT, Kind.DOCX, Kind.ODT)
    assert (kind in child.READERS) is not is_read_otherwise


def test_no_bytes_at_all_after_a_good_head():
    for head in (b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"{\\rtf1", b"<html>", OLE, io.BytesIO().getvalue()):
        assert answer(head, "a.docx") == ""
