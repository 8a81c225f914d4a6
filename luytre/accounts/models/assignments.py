"""Roles of people in areas, from a day until a day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models.people import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area, ScopedQuerySet, valid_on


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def not_ended(self, day: date) -> Self:
        """Those of the day and those to come."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Assignment(models.Model):
    """Gives a person a role in an area, from a day until a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, related_name="assignments", verbose_name=_("area"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (not included)"), null=True, blank=True)
    stands_in_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="stand_ins", verbose_name=_("stands in for")
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="assignment_ends_after_start"
            ),
            models.UniqueConstraint(fields=["user", "role", "area", "valid_from"], name="assignment_once"),
            models.CheckConstraint(condition=~Q(stands_in_for=F("user")), name="assignment_for_another"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.area}"
