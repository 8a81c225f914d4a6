from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.accounts import sample
from luytre.accounts.models import User


class Command(BaseCommand):
    help = "Print the made-up accounts of a sample home."

    def handle(self, *args: Any, **options: Any) -> None:
        people = sample.accounts()
        if not people:
            print(_("There are no sample accounts here."))
            return
        print(_("Sample accounts (made up; anyone may know them). Password for all: %(password)s") % {
            "password": sample.PASSWORD
        })  # fmt: skip
        for person in people:
            print(f"  {person.username:<12} {self.place_of(person)}")
        if any(person.username == "trucban" for person in people):
            print(_("Words that unlock the sample keys of the tip line: %(words)s") % {"words": sample.TIP_WORDS})
            print(_("Code of a sample tip, to come back as its reporter: %(code)s") % {"code": sample.TIP_CODE})

    def place_of(self, person: User) -> str:
        held = person.assignments.on(timezone.localdate()).select_related("area")
        return "; ".join(f"{one.get_role_display()}, {one.area}" for one in held)
