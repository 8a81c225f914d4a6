"""One file a subject; each declares its registers."""

from luytre.activities.registers import hand_ins, outreach, patrols, pledges, support

__all__ = ["hand_ins", "outreach", "patrols", "pledges", "support"]
