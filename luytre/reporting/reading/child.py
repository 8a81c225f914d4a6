"""A process of its own that takes one file apart: `python -m luytre.reporting.reading.child KIND [ocr]`.

It knows nothing of Django, of the database or of any secret, has little memory and little time, and may write nothing
but its answer: whatever a file does to the programs that open it ends here.
"""

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from types import ModuleType

from luytre.reporting.reading import tidying
from luytre.reporting.reading.files import MAX_BYTES, Found, Kind, Refused, Trouble

MEMORY = 1024 * 1024 * 1024  # of addresses; what is really used is far less
MEMORY_OF_SCANS = 3 * MEMORY
SECONDS = 15  # of work
SECONDS_OF_PAGES = 30  # for a PDF of hundreds of pages
SECONDS_OF_SCANS = 120  # of each process that reads a picture
READERS = {
    "zip": "packed",
    Kind.PDF: "pages",
    Kind.HTML: "hypertext",
    Kind.RTF: "rich",
}


def confine(*, seconds: int, memory: int) -> None:
    """Before anything of the file is looked at; a system that lacks one of these limits has the others."""
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue


def read(reader: ModuleType, content: bytes, *, ocr: bool) -> Found:
    found: Found = reader.read(content, ocr=True) if ocr else reader.read(content)
    text, notes = tidying.tidied(found.text, found.notes)
    return Found(found.kind, text, found.pages, notes)


def answer(reader: ModuleType, content: bytes, *, ocr: bool) -> dict[str, object]:
    try:
        return asdict(read(reader, content, ocr=ocr))
    except Refused as refused:
        return {"trouble": refused.trouble}
    except (MemoryError, RecursionError):
        return {"trouble": Trouble.TOO_HARD}
    except Exception:  # a file is never worth a traceback: what no reader can make sense of is broken
        return {"trouble": Trouble.BROKEN}


def main() -> int:
    kind = sys.argv[1]
    ocr = kind == Kind.PDF and "ocr" in sys.argv[2:]
    reader = import_module(f"luytre.reporting.reading.{READERS[kind]}")  # our own code, kept compiled while it may be
    if ocr:
        confine(seconds=SECONDS_OF_SCANS, memory=MEMORY_OF_SCANS)
    else:
        confine(seconds=SECONDS_OF_PAGES if kind == Kind.PDF else SECONDS, memory=MEMORY)
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    sys.stdout.write(json.dumps(answer(reader, content, ocr=ocr)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
