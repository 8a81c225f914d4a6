"""`luytre figures AREA INDICATOR --from … --to …`: one figure and its parts; `verify` and `rebuild`: the kept sums."""

import json
import sys
import time
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import format_number
from luytre.reporting import plain, questions
from luytre.reporting.facts import keeping
from luytre.reporting.figures import Figure, Part
from luytre.reporting.models.facts import SCALE
from luytre.reporting.questions import Unclear


def since(began: float) -> Decimal:
    return Decimal(time.monotonic() - began).quantize(Decimal("0.1"))


class Command(BaseCommand):
    help = (
        "One figure of one place and window, with its parts by the places right below. `figures verify` counts every "
        "kept sum anew from the records and tells what differs; `figures rebuild` repairs. Both run beside the server."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "area", metavar="AREA", help="official code as of the territory day; 0 is the nation; or verify, or rebuild"
        )
        parser.add_argument(
            "indicator",
            metavar="INDICATOR",
            nargs="?",
            default="",
            help="code of the catalogue, such as outreach_sessions",
        )
        parser.add_argument("--from", default="", metavar="DAY", help="first day, such as 2022-01-01")
        parser.add_argument("--to", default="", metavar="DAY", help="last day, included")
        parser.add_argument("--period", default="", help="2026-11, 2026-Q3, 2026-H1, 2026; a final c: calendar months")
        parser.add_argument(
            "--territory", default="", metavar="DAY", help="territory as of this day (default: last day)"
        )
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["area"] == "verify":
            self.verify(as_json=options["json"])
        elif options["area"] == "rebuild":
            self.rebuild()
        elif not options["indicator"]:
            raise CommandError(_("Say which indicator: a code of the catalogue, such as outreach_sessions."))
        else:
            self.figure(options)

    def verify(self, *, as_json: bool) -> None:
        """Ends with 1 when anything differs, so that a nightly task can raise the alarm."""
        began = time.monotonic()
        differences = keeping.verify()
        seconds = since(began)
        if as_json:
            found = [{**vars(one), "kept": one.kept / SCALE, "counted": one.counted / SCALE} for one in differences]
            self.stdout.write(json.dumps({"seconds": float(seconds), "differences": found}, ensure_ascii=False))
        else:
            self.tell(differences, seconds)
        if differences:
            sys.exit(1)

    def tell(self, differences: list[keeping.Difference], seconds: Decimal) -> None:
        names = dict(Area.objects.filter(pk__in=[one.area for one in differences]).values_list("pk", "path"))
        for one in differences:
            told = {"place": names.get(one.area, "–"), "first": one.first_day, "last": one.last_day, "code": one.code}
            numbers = {
                "kept": format_number(Decimal(one.kept) / SCALE),
                "counted": format_number(Decimal(one.counted) / SCALE),
            }
            words = _("%(place)s, %(first)s to %(last)s, %(code)s: kept %(kept)s, counted %(counted)s")
            self.stdout.write(words % {**told, **numbers})
        words = _("%(count)d differences; counted in %(seconds)s seconds.")
        self.stdout.write(words % {"count": len(differences), "seconds": format_number(seconds)})

    def rebuild(self) -> None:
        began = time.monotonic()
        rows = keeping.rebuild()
        told = {"rows": format_number(rows), "seconds": format_number(since(began))}
        self.stdout.write(_("%(rows)s rows of sums were made anew in %(seconds)s seconds.") % told)

    def figure(self, options: dict[str, Any]) -> None:
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
