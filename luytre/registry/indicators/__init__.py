"""One file a subject; each says what its records yield."""

from luytre.registry.indicators import groups, guard_teams, initiatives, mediation, members, skilful

__all__ = ["groups", "guard_teams", "initiatives", "mediation", "members", "skilful"]
