"""One file a subject; each declares its registers."""

from luytre.activities.registers import duty, outreach, patrols

__all__ = ["duty", "outreach", "patrols"]
from luytre.activities.registers import (
    campaigns,
    hand_ins,
    learning,
    outreach_plans,
    pledges,
    posts,
    support,
)

__all__ = ["campaigns", "hand_ins", "learning", "outreach", "outreach_plans", "patrols", "pledges", "posts", "support"]
