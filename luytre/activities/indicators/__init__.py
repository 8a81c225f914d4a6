"""One file a subject; each says what its records yield."""

from luytre.activities.indicators import hand_ins, outreach, patrols, pledges, posts, support

__all__ = ["hand_ins", "outreach", "patrols", "pledges", "posts", "support"]
