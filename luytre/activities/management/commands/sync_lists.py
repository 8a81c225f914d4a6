"""luytre sync_lists: initiatives, kinds of group and topics as the lists in the program have them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from luytre.activities.catalogue import sync_questions, sync_topics
from luytre.activities.catalogue.duty import sync_duty_lists
from luytre.activities.catalogue.taking_part import sync_hand_in_kinds, sync_pledge_lists
from luytre.areas.models import Area
from luytre.registry.catalogue import (
    sync_equipment,
    sync_group_kinds,
    sync_initiatives,
    sync_scale,
    sync_training_topics,
)
from luytre.registry.catalogue.places import sync_place_kinds


class Command(BaseCommand):
    help = "Bring initiatives, kinds of group and topics in line with the lists; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sync_scale()
            changed = {"initiatives": sync_initiatives(), "kinds": sync_group_kinds(), "topics": sync_topics()}
            sync_pledge_lists()
            sync_hand_in_kinds()
            sync_questions()
            sync_duty_lists()
            sync_training_topics()
            sync_equipment()
            sync_place_kinds()
        except Area.DoesNotExist as missing:
            raise CommandError(_("There is no territory yet. Run `luytre load_territory` first.")) from missing
        if options["verbosity"]:
            self.stdout.write(
                _("New or changed: %(initiatives)d initiatives, %(kinds)d kinds of group, %(topics)d topics.") % changed
            )
