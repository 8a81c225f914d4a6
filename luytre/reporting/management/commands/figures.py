"""`luytre figures AREA INDICATOR --from … --to …`: one figure and its parts."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from luytre.common.numbers import format_number
from luytre.reporting import plain, questions
from luytre.reporting.questions import Unclear
from luytre.reporting.rollup import Figure, Part


class Command(BaseCommand):
    help = "One figure of one place and window, with its parts by the places right below."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("area", metavar="AREA", help="official code as of the territory day; 0 is the nation")
        parser.add_argument("indicator", metavar="INDICATOR", help="code of the catalogue, such as outreach_sessions")
        parser.add_argument("--from", default="", metavar="DAY", help="first day, such as 2022-01-01")
        parser.add_argument("--to", default="", metavar="DAY", help="last day, included")
        parser.add_argument("--period", default="", help="2026-11, 2026-Q3, 2026-H1, 2026; a final c: calendar months")
        parser.add_argument(
            "--territory", default="", metavar="DAY", help="territory as of this day (default: last day)"
        )
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            definition = questions.definition(options["indicator"])
            reading = questions.ask(options).reading()
        except Unclear as problem:
            self.stderr.write(problem.words)
            sys.exit(2)
        figure = reading.figure(definition.code)
        parts = reading.parts(figure)
        if options["json"]:
            self.stdout.write(json.dumps(plain.figure(figure, parts), ensure_ascii=False))
        else:
            self.write(figure, parts)

    def write(self, figure: Figure, parts: list[Part]) -> None:
        self.stdout.write(f"{figure.definition.name}: {figure} {figure.definition.unit}")
        self.stdout.write(f"{figure.area.full_name} · {figure.window}")
        if figure.is_estimate:
            self.stdout.write(_("An estimate: some of the places were divided."))
        width = max((len(part.area.full_name) for part in parts), default=0)
        for part in parts:
            name = _("at this level") if part.is_own else part.area.full_name
            number = format_number(part.value, part.qualifier)
            self.stdout.write(f"  {part.area.code:<12} {name:<{width}}  {number:>12}")
