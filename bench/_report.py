"""How every measurement ends: one line of JSON."""

import json
from collections.abc import Mapping

AIM = {"at most": lambda value, limit: value <= limit, "at least": lambda value, limit: value >= limit}


def tell(bench: str, figures: Mapping[str, float], aims: Mapping[str, tuple[str, float]]) -> int:
    """Aims are `{"seconds": ("at most", 5)}`; missed ones make the exit code."""
    missed = [name for name, (how, limit) in aims.items() if not AIM[how](figures[name], limit)]
    told = {name: f"{how} {limit:g}" for name, (how, limit) in aims.items()}
    print(json.dumps({"bench": bench, "figures": figures, "aims": told, "missed": missed}, ensure_ascii=False))
    return 1 if missed else 0
