"""`luytre export_facts FOLDER`: what is kept of all figures, as Parquet by month."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from luytre.reporting.exchange import parquet
from luytre.reporting.exchange.parquet import Part


class Command(BaseCommand):
    help = "Export all facts of one moment as Parquet files by year and month; run again, it writes only what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = parquet.write(options["folder"].absolute(), say=self.say)
        except ModuleNotFoundError as missing:
            self.stderr.write(needs_extra(missing))
            sys.exit(2)
        self.stdout.write(
            _("%(months)d months, %(rows)d rows, snapshot %(snapshot)s")
            % {"months": len(done.facts), "rows": done.rows, "snapshot": done.snapshot}
        )

    def say(self, month: str, part: Part, is_new: bool) -> None:
        word = _("written") if is_new else _("unchanged")
        self.stdout.write(f"{month}  {part.rows:>10}  {word}")


def needs_extra(missing: ModuleNotFoundError) -> str:
    words = _("This needs the package %(name)s. Install the extra “exchange”: uv sync --extra exchange")
    return words % {"name": missing.name}
