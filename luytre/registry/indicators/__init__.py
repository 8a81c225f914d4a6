"""One file a subject; each says what its records yield."""

from luytre.registry.indicators import groups, initiatives, skilful

__all__ = ["groups", "initiatives", "skilful"]
