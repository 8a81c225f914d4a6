"""One file a subject; each says what the first screen shows of it."""

from luytre.registry.cards import initiatives, members, own_record

__all__ = ["initiatives", "members", "own_record"]
