"""`luytre analyse nation --folder FOLDER --period 2026`: national tables from an export, by DuckDB or by Spark."""

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from luytre.reporting import indicators
from luytre.reporting.exchange import asking, national, rows
from luytre.reporting.exchange.national import NotExported, NotWhole, Source
from luytre.reporting.exchange.parquet import NoExport
from luytre.reporting.management.commands.export_facts import needs_extra
from luytre.reporting.questions import Unclear


class Command(BaseCommand):
    help = "Print the nation and its provinces as CSV, worked out from an export by DuckDB or by a Spark cluster."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["nation"])
        parser.add_argument("--folder", required=True, metavar="FOLDER", help="where export_facts wrote")
        parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
        parser.add_argument("--spark", default="sc://localhost:15002", metavar="ADDRESS", help="Spark Connect")
        parser.add_argument("--period", metavar="PERIODS", help="separated by commas, such as 2026-01,2026-02")
        parser.add_argument("--from", metavar="DAY")
        parser.add_argument("--to", metavar="DAY")
        parser.add_argument("--territory", metavar="DAY", help="otherwise the last day")
        parser.add_argument("--indicator", metavar="CODES", help="otherwise all that are exported")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(self.answer(options), ending="")
        except Unclear as problem:
            self.fail(problem.words)
        except NotExported as codes:
            self.fail(_("Counted anew at each level, so in no export: %(codes)s") % {"codes": codes})
        except NotWhole:
            self.fail(
                _("An export holds slices of months: let the days begin on a 1st, 15th or 16th and end before one.")
            )
        except NoExport as folder:
            self.fail(_("No finished export in %(folder)s: run luytre export_facts first.") % {"folder": folder})
        except ModuleNotFoundError as missing:
            self.fail(needs_extra(missing))

    def fail(self, words: str) -> None:
        self.stderr.write(words)
        sys.exit(2)

    def answer(self, options: dict[str, Any]) -> str:
        wanted = asking.windows(options)
        codes = options["indicator"] or ",".join(exported())
        definitions = list(asking.definitions({"indicator": codes}, is_public=False))
        territory = asking.territory(options, wanted)
        with engine(options) as source:
            found = national.table(source, wanted, definitions, territory=territory)
        return rows.as_csv(rows.COLUMNS, rows.plain_rows(found), bom=False).decode()


def exported() -> list[str]:
    return [one.code for one in indicators.available() if all(map(national.is_exported, indicators.needs(one)))]


def engine(options: dict[str, Any]) -> AbstractContextManager[Source]:
    folder = Path(options["folder"]).absolute()
    return national.duckdb(folder) if options["engine"] == "duckdb" else national.spark(folder, options["spark"])
