"""One file a subject; each says what the first screen shows of it."""

from luytre.bulletins.cards import materials

__all__ = ["materials"]
