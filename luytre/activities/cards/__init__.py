"""One file a subject; each says what the first screen shows of it."""

from luytre.activities.cards import duty, outreach, outreach_plans, own_duty, patrols, pledges, posts

__all__ = ["duty", "outreach", "outreach_plans", "own_duty", "patrols", "pledges", "posts"]
