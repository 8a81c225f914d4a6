from luytre.registry.models.decisions import Appeal, AppealAnswer
from luytre.registry.models.exemplars import Exemplar
from luytre.registry.models.groups import Disbanding, GroupKind, Organisation, OrganisationKind, WatchGroup
from luytre.registry.models.initiatives import Closing, Site
from luytre.registry.models.life import Interview, QuietLimit, SiteActivity
from luytre.registry.models.notices import KeeperNotice, KeeperReply
from luytre.registry.models.procedure import SiteStep, Stage
from luytre.registry.models.ratings import Rating, ScaleGrade
from luytre.registry.models.types import Carrier, Initiative, InitiativeField, InitiativeMerging
from luytre.registry.models.upkeep import Equipment, Funding, SiteCount, SiteHead

__all__ = [
    "Appeal",
    "AppealAnswer",
    "Carrier",
    "Closing",
    "Disbanding",
    "Equipment",
    "Exemplar",
    "Funding",
    "GroupKind",
    "SiteCount",
    "Initiative",
    "InitiativeField",
    "InitiativeMerging",
    "Interview",
    "KeeperNotice",
    "KeeperReply",
    "Organisation",
    "OrganisationKind",
    "QuietLimit",
    "Rating",
    "ScaleGrade",
    "Site",
    "SiteActivity",
    "SiteHead",
    "SiteStep",
    "Stage",
    "WatchGroup",
]
