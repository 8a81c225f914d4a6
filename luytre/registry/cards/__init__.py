"""One file a subject; each says what the first screen shows of it."""

from luytre.registry.cards import initiatives

__all__ = ["initiatives"]
