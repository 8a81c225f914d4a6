"""One file a subject; each declares its registers."""

from luytre.activities.registers import campaigns, learning, outreach, outreach_plans, patrols, posts

__all__ = ["campaigns", "learning", "outreach", "outreach_plans", "patrols", "posts"]
