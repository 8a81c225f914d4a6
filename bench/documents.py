"""Writes every kind of document, opens it in LibreOffice, renders it: letters, margins, numbers, headings, package."""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
os.environ.setdefault("LUYTRE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")  # the figures are made up
django.setup()

from django.utils.translation import override  # noqa: E402

from bench import _paper as paper  # noqa: E402
from bench._report import tell  # noqa: E402
from luytre.reporting import narrative, outline, printing  # noqa: E402
from luytre.reporting.documents import content, layouts, pdf, word  # noqa: E402
from luytre.reporting.documents.content import OfficialDocument  # noqa: E402
from luytre.reporting.documents.layouts import Figures  # noqa: E402
from luytre.reporting.frozen import Amount, Frozen, Line, Place  # noqa: E402
from luytre.reporting.outline import Issuer  # noqa: E402
from tests.reporting.documents import sample  # noqa: E402
from tests.reporting.frozen_figures import frozen  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build/documents"
# Times New Roman is on few servers; Tinos has the same widths and every Vietnamese letter.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{folder}</dir>
<cachedir>{cache}/cache</cachedir><alias binding="same"><family>Times New Roman</family>
<prefer><family>Tinos</family></prefer></alias></fontconfig>"""
DAY = date(2026, 12, 18)
NAMES = ["Mường Phăng", "Ẳng Cang", "Sính Phình", "Ẵng Tở", "Nà Ỷ", "Quỳnh Lưu", "Đặk Ẽ", "Ỵ Ơi", "Huổi Lếch", "Tủa Ỡ"]


@dataclass
class Kind:
    """One kind of document, in the programs' own formats."""

    name: str
    document: OfficialDocument
    docx: bytes
    pdf: bytes | None = None


@dataclass
class Faults:
    missing_glyphs: int = 0
    margins: list[str] = field(default_factory=list)
    numbering: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    package: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pages: int = 0
    fonts: set[str] = field(default_factory=set)


def kinds() -> Iterator[Kind]:
    for level, children, period in (("commune", 14, "2026-11"), ("province", 45, "2026-H2"), ("nation", 34, "2026")):
        draft = document(level, children, period)
        yield Kind(f"{level}-draft", draft, word.write(draft), pdf.write(draft))
    issued = document("commune", 14, "2026-Q4", facts=ISSUED)
    yield Kind("commune-issued", issued, word.write(issued), pdf.write(issued))
    yield Kind("every-block", sample.FULL, word.write(sample.FULL), pdf.write(sample.FULL))
    filled = layouts.fill(layouts.standard(), issued, Figures())
    yield Kind("standard-layout", issued, filled)
    draft = document("province", 45, "2026-11")
    yield Kind("standard-layout-draft", draft, layouts.fill(layouts.standard(), draft, Figures()))


ISSUED = printing.Facts(
    number="7", signer="Lò Thị Ẵng", signed_as="Phó Chủ tịch", is_draft=False,
    replaces="Báo cáo số 06/BC-UBND ngày 12/12/2026",
)  # fmt: skip


def document(level: str, children: int, period: str, facts: printing.Facts | None = None) -> OfficialDocument:
    with override("vi"):
        picture = figures(level, children, period)
        return printing.document(picture, narrative.write(picture), day=DAY, facts=facts)


def figures(level: str, children: int, period: str) -> Frozen:
    """Made-up numbers under the real names of the catalogue."""
    places = [Place(f"{at:05}", f"xã {NAMES[at % len(NAMES)]} {at // len(NAMES) + 1}") for at in range(children)]
    picture = frozen([line(at, row, places) for at, row in enumerate(rows())], places)
    issuer = Issuer(**outline.load("issuers.toml")[level])
    kept = {"name": "Mường Phăng", "full": "xã Mường Phăng"}
    named = replace(
        issuer, superior_body=issuer.superior_body.format(**kept), issuing_body=issuer.issuing_body.format(**kept),
        place=issuer.place.format(**kept), recipients=[one.format(**kept) for one in issuer.recipients],
    )  # fmt: skip
    silent = [place.name for place in places[::3]]
    return replace(picture, issuer=named, period=outline.period(period, picture.window), silent=silent)


def rows() -> list[dict[str, str]]:
    """What the sentences need, and some more: a table of several pages."""
    spoken = {code for chapter in outline.chapters() for one in chapter.sentences for code in one.codes()}
    with (files("luytre.reporting.catalogue") / "indicators.csv").open(encoding="utf-8") as lines:
        every = list(csv.DictReader(lines))
    return [row for at, row in enumerate(every) if row["code"] in spoken or at % 8 == 0]


def line(at: int, row: dict[str, str], places: list[Place]) -> Line:
    now, then = (at * 7919) % 4001, (at * 104729) % 3989
    parts = {place.code: Amount(Decimal((at * 31 + number * 17) % 97)) for number, place in enumerate(places)}
    return Line(
        code=row["code"], name=row["vi_name"], unit=row["unit_vi"], behaviour=row["behaviour"],
        is_additive=row["area_rule"] == "sum", may_compare_places=row["target_allowed"] == "yes",
        source="Sổ: buổi tuyên truyền", now=Amount(Decimal(now)), then=Amount(Decimal(then)), parts=parts,
    )  # fmt: skip


def soffice() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        sys.exit("LibreOffice is not on this machine: install it (Debian: apt-get install libreoffice-writer-nogui).")
    return found


def converted(sources: list[Path], target: str, folder: Path) -> dict[str, bytes]:
    """All at once: the program takes longer to start than to convert."""
    with tempfile.TemporaryDirectory(prefix="luytre-office-") as profile:
        fonts = Path(profile) / "fonts.conf"
        fonts.write_text(FONTS.format(folder=pdf.FONTS, cache=profile))
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
        command = [soffice(), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, sources)], env=surroundings, check=True, timeout=400,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    ending = target.partition(":")[0]
    return {source.stem: (folder / f"{source.stem}.{ending}").read_bytes() for source in sources}


def look(kind: Kind, name: str, written: bytes, faults: Faults) -> None:
    """At a PDF, page by page; the pictures stay for people to look at."""
    sheets = paper.pages(written)
    faults.pages += len(sheets)
    annexes = {sheet.number for sheet in sheets if sheet.first_line().startswith("Phụ lục")}
    faults.numbering += [f"{name}: {fault}" for fault in paper.numbering_faults(sheets, {1, *annexes})]
    whole = paper.squeezed("".join(sheet.words for sheet in sheets))
    for sheet in sheets:
        faults.missing_glyphs += sheet.missing_glyphs()
        faults.margins += [f"{name}: {fault}" for fault in sheet.margin_faults()]
        faults.fonts |= sheet.fonts()
        if sheet.number <= 3 or sheet.number in annexes:
            paper.save(OUT / f"{name}-{sheet.number}.png", sheet.picture())
    for block in kind.document.body:
        if isinstance(block, content.Heading) and paper.squeezed(block.text) not in whole:
            faults.headings.append(f"{name}: {block.text}")
        if isinstance(block, content.Paragraph) and isinstance(block.text, str) and len(block.text) < 200:
            faults.words += [f"{name}: {block.text[:60]}"] if paper.squeezed(block.text) not in whole else []


def check_docx(kind: Kind, faults: Faults, again: bytes) -> None:
    """The file as it is, and what LibreOffice makes of it when it saves it anew."""
    faults.package += [f"{kind.name}: {fault}" for fault in paper.package_faults(kind.docx)]
    faults.margins += [f"{kind.name}: {fault}" for fault in paper.page_setup_faults(kind.docx)]
    if paper.told(kind.docx) != paper.told(again):
        faults.words.append(f"{kind.name}: LibreOffice saves other words than it read")
    faults.margins += [f"{kind.name} saved anew: {fault}" for fault in paper.page_setup_faults(again)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench documents")
    parser.add_argument("--quick", action="store_true", help="the same: there is nothing to leave out")
    parser.parse_args()
    started, faults = time.monotonic(), Faults()
    shutil.rmtree(OUT, ignore_errors=True)
    made = list(kinds())
    for kind in made:
        paper.save(OUT / f"{kind.name}.docx", kind.docx)
    sources = [OUT / f"{kind.name}.docx" for kind in made]
    opened = converted(sources, "pdf", OUT)
    (OUT / "again").mkdir()
    again = converted(sources, "docx:MS Word 2007 XML", OUT / "again")
    for kind in made:
        check_docx(kind, faults, again[kind.name])
        look(kind, f"{kind.name}-office", opened[kind.name], faults)
        if kind.pdf:
            paper.save(OUT / f"{kind.name}.typst.pdf", kind.pdf)
            look(kind, f"{kind.name}-pdfa", kind.pdf, faults)
            faults.package += [] if b"pdfaid:part>2<" in kind.pdf else [f"{kind.name}: not PDF/A-2"]
    return report(made, faults, time.monotonic() - started)


def report(made: list[Kind], faults: Faults, seconds: float) -> int:
    lists = {"margins": faults.margins, "numbering": faults.numbering, "headings": faults.headings,
             "package": faults.package, "words": faults.words}  # fmt: skip
    for name, found in lists.items():
        for fault in found[:20]:
            print(f"{name}: {fault}")
    print(f"fonts: {', '.join(sorted(faults.fonts))}; pictures of the pages: {OUT.relative_to(ROOT)}")
    figures = {
        "documents": len(made), "pages": faults.pages, "missing_glyphs": faults.missing_glyphs,
        **{f"{name}_faults": len(found) for name, found in lists.items()}, "seconds": round(seconds, 1),
    }  # fmt: skip
    aims = {f"{name}_faults": ("at most", 0.0) for name in lists} | {"missing_glyphs": ("at most", 0.0)}
    return tell("documents", figures, aims)


if __name__ == "__main__":
    sys.exit(main())
