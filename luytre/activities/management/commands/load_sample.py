"""luytre load_sample: made-up residential areas, records and accounts that yield the known figures."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.activities.sample import loading


class Command(BaseCommand):
    help = "Load sample records and accounts into a database that has the territory; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="records reach up to this day (YYYY-MM-DD)")

    def handle(self, *args: Any, today: date | None = None, **options: Any) -> None:
        if loading.is_loaded():
            told = _("The sample records are there already.")
        else:
            self.load(today or timezone.localdate())
            told = _("The sample records are loaded.")
        if options["verbosity"]:
            self.stdout.write(told)

    def load(self, today: date) -> None:
        try:
            loading.load(today=today)
        except loading.NoTerritory as missing:
            raise CommandError(_("There is no territory yet. Run `luytre load_territory` first.")) from missing
