"""One file a subject; each declares its registers."""

from luytre.activities.registers import outreach

__all__ = ["outreach"]
