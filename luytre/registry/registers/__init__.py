"""One file a subject; each declares its registers."""

from luytre.registry.registers import groups, initiatives, organisations

__all__ = ["groups", "initiatives", "organisations"]
