"""One file a subject; each declares its registers."""

from luytre.registry.registers import groups, guard_teams, initiatives, members, organisations

__all__ = ["groups", "guard_teams", "initiatives", "members", "organisations"]
