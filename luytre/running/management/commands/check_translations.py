from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from luytre.running import translations


class Command(BaseCommand):
    help = "Says which words of the screen have no Vietnamese yet, or are no longer used."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="add empty entries for those missing, drop the unused")

    def handle(self, *, write: bool, **options: Any) -> None:
        if write:
            self.stdout.write(f"{translations.add_missing()} added")
        faults = list(translations.faults())
        if faults:
            raise CommandError("\n".join(faults))
