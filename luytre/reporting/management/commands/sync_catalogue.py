"""`luytre sync_catalogue`: mirror the catalogue of statistics into its table."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from luytre.reporting import catalogue


class Command(BaseCommand):
    help = "Mirror the catalogue of statistics into its table; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for code, field in catalogue.changed_meanings():
            warning = _("%(code)s: “%(field)s” has changed; a new meaning wants a new code.")
            self.stderr.write(warning % {"code": code, "field": field})
        count = catalogue.sync()
        self.stdout.write(_("%(count)d indicators stand in the catalogue.") % {"count": count})
