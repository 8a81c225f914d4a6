"""One file a subject; each declares its registers."""

from luytre.activities.registers import (
    campaigns,
    hand_ins,
    learning,
    outreach,
    outreach_plans,
    patrols,
    pledges,
    posts,
    support,
)

__all__ = ["campaigns", "hand_ins", "learning", "outreach", "outreach_plans", "patrols", "pledges", "posts", "support"]
