"""luytre load_territory: the nation, its provinces, districts and communes through time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from luytre.areas import loading


class Command(BaseCommand):
    help = "Load the official list of places; a second run only adds what is new in the files."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = loading.load()
        except loading.TerritoryDiffers as place:
            raise CommandError(
                _(
                    "The file and the database disagree on %(place)s. Nothing was changed. "
                    "Correct the place in the database or the row in luytre/areas/data/areas.csv, then run again."
                )
                % {"place": place}
            ) from place
        if options["verbosity"]:
            self.stdout.write(self.told(loaded))

    def told(self, loaded: loading.Loaded) -> str:
        if not loaded:
            return _("The territory is up to date.")
        return _("Places added: %(areas)d, ended: %(closed)d; successions added: %(successions)d.") % vars(loaded)
