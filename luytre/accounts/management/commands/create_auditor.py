from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.accounts import life
from luytre.accounts.models import User
from luytre.areas.models import Area, Level


class Command(BaseCommand):
    help = "Make an account for an outside auditor, whom no administrator can stop, and print a one-time code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User(username=options["username"].strip().lower(), full_name=options["full_name"])
        try:
            person.full_clean(exclude=["password", "folded"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        now = timezone.now()
        nation = Area.objects.on(timezone.localdate(now)).get(level=Level.NATION)
        slip = life.enrol_auditor(person, area=nation, at=now, by="create_auditor")
        print(_("Auditor %(name)s may sign in once with the code %(code)s until %(until)s.") % {
            "name": person.username,
            "code": slip.printed_code,
            "until": timezone.localtime(slip.expires_at).strftime("%H:%M %d/%m/%Y"),
        })  # fmt: skip
