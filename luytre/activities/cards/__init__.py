"""One file a subject; each says what the first screen shows of it."""

from luytre.activities.cards import outreach, outreach_plans, patrols, posts

__all__ = ["outreach", "outreach_plans", "patrols", "posts"]
