"""One file a subject; each declares its registers."""

from luytre.registry.registers import groups, initiatives, organisations, respected, skilful

__all__ = ["groups", "initiatives", "organisations", "respected", "skilful"]
from luytre.registry.registers import guard_teams, members

__all__ = ["groups", "guard_teams", "initiatives", "members", "organisations"]
