"""One file a subject; each declares its registers."""

from luytre.bulletins.registers import materials

__all__ = ["materials"]
