from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from luytre.running import documentation


class Command(BaseCommand):
    help = "Writes docs/generated/ anew from the declarations."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            documentation.write()
