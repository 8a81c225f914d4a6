"""What stands between a member and the roster (rights rule R18)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why somebody may not be put on a roster (rights rule R18)."""

    REMOVED = "removed", _("The record was taken out.")
    NOT_YET = "not_yet", _("The term has not begun.")
    EXPIRED = "expired", _("The term has ended.")
    LEFT = "left", _("Has left.")
    NO_CONSENT = "no_consent", _("There is no consent, or it was withdrawn.")
    GROUP_ENDED = "group_ended", _("The group or team does not serve on that day.")
    UNTRAINED = "untrained", _("Not trained, or the training has run out: %(topics)s.")


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands between a member and the roster."""

    why: Why
    topics: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.why.label) % {"topics": ", ".join(self.topics)}
