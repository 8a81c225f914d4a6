"""How a member's time in office ends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User


class Ground(models.TextChoices):
    """Why somebody leaves (Law 30/2023, article 17, and life)."""

    WISH = "wish", _("own wish")
    UNABLE = "unable", _("can no longer take part")
    MOVED = "moved", _("moved away")
    TERM = "term", _("term ended")
    TASKS = "tasks", _("did not do the tasks, twice or more")
    DISMISSED = "dismissed", _("removed by decision under the law")
    DIED = "died", _("died")


AGAINST_WILL = (Ground.TASKS, Ground.DISMISSED)  # these carry a reason and the rule it rests on (rights rule R20)


class AlreadyLeft(Exception):
    """The member left before."""


class LeavesBeforeJoining(Exception):
    """Nobody leaves before they came."""


class NoRuleGiven(Exception):
    """A removal against somebody's will names the rule it rests on."""


class Leaving(models.Model):
    """A member's end in office: on which ground, by whom; against their will only with reason and rule."""

    member = models.OneToOneField("registry.Member", models.CASCADE, related_name="leaving", verbose_name=_("member"))
    on = models.DateField(_("left on"))
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    reason = models.CharField(_("reason"), max_length=300)
    rule = models.CharField(_("rule it rests on"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        constraints = [
            models.CheckConstraint(
                condition=~Q(ground__in=[ground.value for ground in AGAINST_WILL]) | (~Q(rule="") & ~Q(reason="")),
                name="leaving_against_will_with_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.on:%d/%m/%Y}"
