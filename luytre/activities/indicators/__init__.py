"""One file a subject; each says what its records yield."""

from luytre.activities.indicators import outreach, patrols, posts

__all__ = ["outreach", "patrols", "posts"]
