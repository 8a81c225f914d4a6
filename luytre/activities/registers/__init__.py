"""One file a subject; each declares its registers."""

from luytre.activities.registers import duty, outreach, patrols

__all__ = ["duty", "outreach", "patrols"]
