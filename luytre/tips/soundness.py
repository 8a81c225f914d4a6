"""Whether this process may take tips: nothing may name a client, repeat what was posted, or write memory to a disk.

What is wrong closes the tip routes, or the plain page alone (where a text lies in the server's memory for a moment); no
setting opens them again. `LUYTRE_TIPS=closed` closes them on purpose.
"""

import logging
import os
import resource
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

SWAPS = Path("/proc/swaps")
GROUPS = Path("/sys/fs/cgroup")
IN_MEMORY = "/dev/zram"  # swap that is memory itself
ADDRESSES = ("granian.access", "django.server", "_granian.access")
logger = logging.getLogger(__name__)


def faults() -> Iterator[str]:
    """Of all tip routes."""
    if settings.TIPS_CLOSED:
        yield _("the tip line is closed by LUYTRE_TIPS")
    if settings.DEBUG:
        yield _("debug is on: its error pages repeat what was posted")
    if os.environ.get("GRANIAN_LOG_ACCESS_ENABLED", "").lower() in ("1", "true", "yes", "on"):
        yield _("the web server writes a log of addresses (GRANIAN_LOG_ACCESS_ENABLED)")
    logs: dict[str, Any] = settings.LOGGING
    for name in ADDRESSES:
        if name in logs.get("loggers", {}):
            yield _("a log of addresses is set up: %(name)s") % {"name": name}


def faults_of_plain() -> Iterator[str]:
    """Of the page without scripts: what is in memory must not get to a disk."""
    if swaps():
        yield _("swap is on: %(where)s") % {"where": ", ".join(swaps())}
    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0):
        yield _("memory is written to a file when the program breaks (core dumps are on)")


def swaps() -> list[str]:
    """Where memory of this process may be written to."""
    lines = SWAPS.read_text().splitlines()[1:] if SWAPS.exists() and not is_kept_in_memory() else []
    return [line.split()[0] for line in lines if line and not line.startswith(IN_MEMORY)]


def is_kept_in_memory() -> bool:
    """The service was started with MemorySwapMax=0: the kernel swaps nothing of it, whatever the machine does."""
    try:
        group = Path("/proc/self/cgroup").read_text().partition("::")[2].strip().lstrip("/")
        folder = GROUPS / group
        return any((one / "memory.swap.max").read_text().strip() == "0" for one in between(folder, GROUPS))
    except OSError:
        return False


def between(folder: Path, top: Path) -> Iterator[Path]:
    while folder != top and folder.is_relative_to(top):
        if (folder / "memory.swap.max").exists():
            yield folder
        folder = folder.parent


def no_dumps() -> None:
    """A broken process leaves no picture of its memory; the sealing child inherits this."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@cache
def closed() -> bool:
    """Asked once by each process of the web server."""
    return told(faults())


@cache
def plain_closed() -> bool:
    return told(faults_of_plain())


def told(found: Iterator[str]) -> bool:
    said = list(found)
    for one in said:
        logger.warning("%s", _("Tip line: %(fault)s") % {"fault": one})
    return bool(said)
