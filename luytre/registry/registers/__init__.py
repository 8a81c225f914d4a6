"""One file a subject; each declares its registers."""

from luytre.registry.registers import groups, guard_teams, initiatives, mediation, members, organisations

__all__ = ["groups", "guard_teams", "initiatives", "mediation", "members", "organisations"]
from luytre.registry.registers import respected, skilful

__all__ = ["groups", "guard_teams", "initiatives", "members", "organisations", "respected", "skilful"]
