from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.accounts import life
from luytre.accounts.models import User


class Command(BaseCommand):
    help = "End the task of an outside auditor as of today; what was audited stays in the trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        person = User.objects.called(options["username"])
        if person is None or not person.is_auditor(on=today):
            raise CommandError(_("There is no auditor of that name."))
        life.release_auditor(person, on=today, by="release_auditor")
        print(_("%(name)s is no longer an auditor.") % {"name": person.username})
