"""One file a subject; each says what its records yield."""

from luytre.registry.indicators import groups, initiatives

__all__ = ["groups", "initiatives"]
