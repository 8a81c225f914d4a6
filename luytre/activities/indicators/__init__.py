"""One file a subject; each says what its records yield."""

from luytre.activities.indicators import outreach

__all__ = ["outreach"]
