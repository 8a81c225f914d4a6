from luytre.activities.models.outreach import (
    Audience,
    Form,
    OutreachSession,
    OutreachSessionQuerySet,
    Setting,
    Topic,
)

__all__ = [
    "Audience",
    "Form",
    "OutreachSession",
    "OutreachSessionQuerySet",
    "Setting",
    "Topic",
]
