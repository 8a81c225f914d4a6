"""How long a tip is kept once it has ended: `privacy/tip_retention.toml` says it, by class and by outcome."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

KEYS_FIRST = 30  # days between the destruction of the keys and that of the parts, which are noise by then
SHORTEST = 30


@cache
def periods() -> dict[str, int]:
    """Days after the end, by class or outcome; the longest that fits a tip counts."""
    said = tomllib.loads((Path(settings.BASE_DIR) / "privacy" / "tip_retention.toml").read_text())
    both = [*said["class"].items(), *said["outcome"].items()]
    return {name: max(days for one, days in both if one == name) for name, _days in both}
