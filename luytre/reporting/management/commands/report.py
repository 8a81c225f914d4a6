"""`luytre report AREA PERIOD --docx FILE --pdf FILE`: the periodic report of a place."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.reporting import narrative, questions
from luytre.reporting.documents import pdf, word
from luytre.reporting.narrative import NoReportAtThisLevel
from luytre.reporting.questions import Unclear


class Command(BaseCommand):
    help = "Write the report of a commune, a province or the nation for a period, as Word and as PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("area", metavar="AREA", help="official code as of the period's last day")
        parser.add_argument("period", metavar="PERIOD", help="such as 2026-11; a final c means the calendar month")
        parser.add_argument("--docx", type=Path, metavar="FILE")
        parser.add_argument("--pdf", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.write(options)
        except Unclear as problem:
            self.stderr.write(problem.words)
            sys.exit(2)
        except NoReportAtThisLevel:
            self.stderr.write(_("Reports are made for communes, provinces and the nation."))
            sys.exit(2)

    def write(self, options: dict[str, Any]) -> None:
        today = timezone.localdate()
        question = questions.ask({"area": options["area"], "period": options["period"]})
        document = narrative.report(question.area, options["period"], today=today)
        for writer, path in ((word, options["docx"]), (pdf, options["pdf"])):
            if path:
                path.write_bytes(writer.write(document))
                self.stdout.write(str(path))
        if not options["docx"] and not options["pdf"]:
            raise Unclear("docx", _("Say where to write: --docx FILE, --pdf FILE, or both."))
