"""`luytre sync_returns`: bring the table of forms up to their declarations."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from luytre.reporting import catalogue
from luytre.reporting.returns import declaring


class Command(BaseCommand):
    help = "Bring the forms of returns up to catalogue/returns.toml; running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue.sync()  # a form names statistics that the table must know first
        try:
            count = declaring.sync()
        except declaring.ChangedForm as changed:
            told = _("%(form)s has changed; what a form asks changes only under a new version.")
            raise CommandError(told % {"form": changed}) from changed
        self.stdout.write(_("%(count)d forms of returns stand in the table.") % {"count": count})
