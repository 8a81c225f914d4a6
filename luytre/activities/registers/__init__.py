"""One file a subject; each declares its registers."""

from luytre.activities.registers import duty, outreach, patrols

__all__ = ["duty", "outreach", "patrols"]
from luytre.activities.registers import campaigns, learning, outreach_plans, posts

__all__ = ["campaigns", "learning", "outreach", "outreach_plans", "patrols", "posts"]
