from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser

from luytre.accounts.models import User
from luytre.areas.models import Area


class Command(BaseCommand):
    help = "Fills a migrated database with what every house needs, and an empty one with sample records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sample", action="store_true", help="also sample records, if nobody has an account yet")

    def handle(self, *, sample: bool, **options: Any) -> None:
        known = get_commands()
        self.say("Gom các tệp tĩnh…")
        call_command("collectstatic", interactive=False, verbosity=0)
        if not Area.objects.exists():
            self.say("Nạp danh mục địa bàn: 34 tỉnh, thành phố, 3.321 xã, phường, đặc khu…")
        call_command("load_territory", verbosity=0)  # a newer program may know of newer places
        self.say("Nạp các danh mục…")
        for name in sorted(known):
            if name.startswith("sync_"):
                call_command(name, verbosity=0)
        if sample and "load_sample" in known and not User.objects.exists():
            self.say("Nạp dữ liệu mẫu…")
            call_command("load_sample", verbosity=0)

    def say(self, words: str) -> None:
        self.stdout.write(f"  {words}", ending="\n")
        self.stdout.flush()
