"""What happens in the made-up nation; one file a subject."""

from luytre.activities.simulation import outreach, sessions, taking_part, walking

__all__ = ["outreach", "sessions", "taking_part", "walking"]
