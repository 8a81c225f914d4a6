"""What `luytre check --deploy` says about the tip line's settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from luytre.tips import soundness


@register(Tags.security, deploy=True)
def tip_line(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = [Error(one, id="tips.E001") for one in soundness.faults() if not settings.TIPS_CLOSED]
    if settings.TIPS_ROOT and not is_key(settings.TIPS_ROOT):
        found.append(Error("LUYTRE_TIPS_ROOT: 64 hexadecimal digits", id="tips.E002"))
    return found


def is_key(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")
