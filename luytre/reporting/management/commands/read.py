"""`luytre read FILE… --text`: what files say; `--json`: the figures found in them, as proposals."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from luytre.reporting.reading import texts
from luytre.reporting.reading.files import MAX_BYTES
from luytre.reporting.reading.texts import ReadText, Unreadable


class Command(BaseCommand):
    help = (
        "Read reports (.docx, .odt, .pdf, .rtf, .html, .txt): --text prints their words, --json the figures found in "
        "them, one a line. Nothing is written anywhere. A file that cannot be read is told on the error output."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--text", action="store_true", help="print the text only, exactly as it is in a UTF-8 file")
        shape.add_argument("--json", action="store_true", help="the figures found, a JSON object a line (the default)")
        parser.add_argument("--reported", default="", metavar="DAY", help="when it was reported, such as 2026-11-30")
        parser.add_argument("--area", default="", metavar="NAME", help="whose report it is")
        parser.add_argument("--targets", action="store_true", help="also figures that are aimed at, not reached")
        parser.add_argument("--ocr", action="store_true", help="let tesseract read pages that are pictures")

    def handle(self, *args: Any, **options: Any) -> None:
        reported = day(options["reported"])
        unread = 0
        for path in options["files"]:
            try:
                found = read(path, ocr=options["ocr"])
            except Unreadable as problem:
                unread += 1
                self.stderr.write(str(problem))
                continue
            except OSError as problem:
                unread += 1
                self.stderr.write(unopened(path, problem))
                continue
            for note in found.notes:
                self.stderr.write(f"{path}: {note}", self.style.NOTICE)
            if options["text"]:
                self.stdout.write(found.text, ending="")
            else:
                for line in proposals(path, found, reported, options):
                    self.stdout.write(line)
        if unread:
            sys.exit(2)


def day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise CommandError(_("Write the day like 2026-11-30.")) from error


def unopened(path: Path, problem: OSError) -> str:
    match problem:
        case FileNotFoundError():
            return _("%(file)s: there is no such file. Look at its name and folder.") % {"file": path}
        case IsADirectoryError():
            return _("%(file)s: this is a folder. Name the files in it.") % {"file": path}
        case PermissionError():
            return _("%(file)s: you may not read this file. Ask whoever owns it for the right.") % {"file": path}
    words = _("%(file)s: cannot be opened (%(why)s). Copy it to another place and try again.")
    return words % {"file": path, "why": problem.strerror}


def read(path: Path, *, ocr: bool) -> ReadText:
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    return texts.text_of(content, str(path), ocr=ocr)


def proposals(path: Path, found: ReadText, reported: date | None, options: dict[str, Any]) -> Iterator[str]:
    """The engine is loaded only here: the text alone needs none of it."""
    from luytre.reporting.reading.proposing import propose

    area, targets = options["area"] or None, options["targets"]
    for one in propose(found.text, reported_on=reported, area=area, with_targets=targets):
        yield json.dumps({"file": str(path), **one.as_json()}, ensure_ascii=False)
