"""One file a subject; each declares its registers."""

from luytre.activities.registers import outreach, patrols

__all__ = ["outreach", "patrols"]
