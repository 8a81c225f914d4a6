"""One file a subject; each says what its records yield."""

from luytre.activities.indicators import outreach, posts

__all__ = ["outreach", "posts"]
