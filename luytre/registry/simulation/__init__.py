"""The made-up nation's registers; one file a subject."""

from luytre.registry.simulation import groups, life, members

__all__ = ["groups", "life", "members"]
