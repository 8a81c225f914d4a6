"""`luytre simulate nation`: a made-up nation of any size, for trying the system out and for measuring it."""

import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from luytre.common import periods
from luytre.common.numbers import format_number
from luytre.reporting.simulation import forms, steps
from luytre.reporting.simulation import plan as plans
from luytre.reporting.simulation.plan import Plan

BAR = 30  # characters


class Command(BaseCommand):
    help = (
        "Fills an empty database with a made-up nation: residential areas, returns of every month, registers, totals. "
        "Every place is marked as a sample. Run again after an interruption, it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["nation"])
        parser.add_argument("--areas", type=int, default=95_000, help="residential areas")
        parser.add_argument("--months", type=int, default=12, help="before July 2025 the communes of that time report")
        parser.add_argument("--indicators", type=int, default=60, help="typed numbers on the form")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same nation")
        parser.add_argument(
            "--until", metavar="MONTH", help="the last month, such as 2026-06 (default: the last whole one)"
        )
        parser.add_argument("--no-registers", dest="registers", action="store_false", help="returns only")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self.plan(options)
        self.refuse(plan)
        autodiscover_modules("simulation")
        began, todo = time.monotonic(), list(steps.of(plan))
        for number, step in enumerate(todo):
            self.progress(number, len(todo), str(step.name))
            if not step.is_there():
                step.make()
        self.progress(len(todo), len(todo), _("statistics"))
        steps.gather_statistics()
        self.tell(Decimal(round(time.monotonic() - began, 1)))

    def plan(self, options: dict[str, Any]) -> Plan:
        until = self.until(options["until"])
        areas, months, indicators = options["areas"], options["months"], options["indicators"]
        if min(areas, months, indicators) < 1:
            raise CommandError(_("Areas, months and indicators are counts from one upwards."))
        plan = Plan(areas, months, indicators, options["seed"], until, options["registers"])
        known = len(forms.codes(10_000))
        if plan.indicators > known:
            raise CommandError(_("The catalogue has only %(count)d typed numbers that add up.") % {"count": known})
        return plan

    def until(self, text: str | None) -> date:
        if not text:
            return plans.last_whole_month(timezone.localdate())
        try:
            return periods.parse(text).last_day
        except ValueError as error:
            raise CommandError(_("A month is written like 2026-06.")) from error

    def refuse(self, plan: Plan) -> None:
        try:
            plans.refuse_real_records()
            plans.refuse_other_nation(plan)
        except plans.HoldsRealRecords as found:
            raise CommandError(
                _("This database holds records that were not simulated (%(found)s). Use an empty one.")
                % {"found": found}
            ) from found
        except plans.OtherNation as other:
            raise CommandError(
                _(
                    "Another nation was begun in this database. "
                    "Give the same areas, indicators and seed, or use an empty one."
                )
            ) from other

    def progress(self, done: int, all_: int, name: str) -> None:
        """One line that grows on a screen; a line for each step in a file."""
        filled = BAR * done // all_
        line = f"[{'█' * filled}{'·' * (BAR - filled)}] {done}/{all_} {name}"
        if sys.stderr.isatty():
            self.stderr.write(f"\r\033[K{line}", ending="\n" if done == all_ else "")
        else:
            self.stderr.write(line)
        self.stderr.flush()

    def tell(self, seconds: Decimal) -> None:
        for name, rows, size in steps.sizes():
            megabytes = format_number(round(Decimal(size) / 1_000_000, 1))
            self.stdout.write(f"  {name:<36} {format_number(rows):>12} {megabytes:>10} MB")
        self.stdout.write(_("The nation is there after %(seconds)s seconds.") % {"seconds": format_number(seconds)})
