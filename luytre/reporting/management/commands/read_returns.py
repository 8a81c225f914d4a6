"""`luytre read_returns ZIP_OR_FOLDER --as USER`: every workbook read and checked; with --send also sent."""

import json
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.reporting.workbooks import judging, words, zips
from luytre.reporting.workbooks.files import Unreadable
from luytre.reporting.workbooks.judging import GOOD, Judged


class Command(BaseCommand):
    help = "Read and check all workbooks of returns in a zip or a folder; nothing is written without --send."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, metavar="ZIP_OR_FOLDER")
        parser.add_argument("--as", dest="username", required=True, metavar="USER", help="whose area and rights count")
        parser.add_argument("--send", action="store_true", help="send what is right")
        parser.add_argument("--json", action="store_true", help="every file as JSON")

    def handle(self, *, source: Path, username: str, send: bool, json: bool, **options: Any) -> None:
        person, at = User.objects.filter(username=username).first(), timezone.now()
        if person is None:
            raise CommandError(f"{username}?")
        permissions = [Permission.RETURN_WRITE] if send else [Permission.RETURN_WRITE, Permission.RETURN_APPROVE]
        scope = person.scope(*permissions, on=timezone.localdate())
        try:
            with packed(source) as path:
                found = zips.read(path, scope=scope, at=at)
        except Unreadable as problem:
            self.stderr.write(str(words.TROUBLES[problem.trouble]))
            sys.exit(2)
        if send:
            found.judged = [self.sent(one, person, scope, at) for one in found.judged]
        self.tell(found, as_json=json)

    def sent(self, one: Judged, person: User, scope: Any, at: Any) -> Judged:
        if one.state != GOOD:
            return one
        [now] = judging.judge([one.slip], scope=scope, at=at, with_registers=True)
        outcome = judging.send(now, by=person, at=at)
        now.state = "sent" if outcome.is_sent else "refused"
        return now

    def tell(self, found: zips.Found, *, as_json: bool) -> None:
        if as_json:
            files = [{"file": one.slip.name, "state": one.state, "findings": one.findings} for one in found.judged]
            told = {"parsing": found.parsing, "judging": found.judging, "files": files}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for state, count in sorted(Counter(one.state for one in found.judged).items()):
            self.stdout.write(f"{state}: {count}")
        self.stdout.write(_("%(seconds).1f seconds") % {"seconds": found.seconds})


class packed:
    """A folder as a zip beside it for as long as it is read; a zip as it is."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.made: Path | None = None

    def __enter__(self) -> Path:
        if not self.source.is_dir():
            return self.source
        handle = tempfile.NamedTemporaryFile(suffix=".zip", delete=False)
        self.made = Path(handle.name)
        with handle, zipfile.ZipFile(handle, "w", zipfile.ZIP_STORED) as target:
            for path in sorted(one for one in self.source.rglob("*") if one.is_file()):
                target.write(path, path.relative_to(self.source).as_posix())
        return self.made

    def __exit__(self, *_error: object) -> None:
        if self.made:
            self.made.unlink(missing_ok=True)
