"""One file a subject; each says what the first screen shows of it."""

from luytre.activities.cards import outreach, patrols

__all__ = ["outreach", "patrols"]
