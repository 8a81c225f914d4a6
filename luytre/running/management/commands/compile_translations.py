from typing import Any

from django.core.management.base import BaseCommand

from luytre.running import translations


class Command(BaseCommand):
    help = "Compiles the words of the screen."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        translations.compile_stale()
