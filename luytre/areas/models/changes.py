"""A change of the territory: drafted by one person, put into force by another, and undone if it was a mistake."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.areas.models.places import Area, Kind, Level, ScopedQuerySet


class ChangeKind(models.TextChoices):
    MERGE = "merge", _("merger")
    SPLIT = "split", _("division")
    MOVE = "move", _("move under another place")
    RENAME = "rename", _("new name")
    KIND = "kind", _("change of kind")
    SET_UP = "set_up", _("place set up new")
    ABOLISH = "abolish", _("place abolished")
    LIST = "list", _("list of changes")


class ChangeState(models.TextChoices):
    DRAFT = "draft", _("waits for a second person")
    IN_FORCE = "in_force", _("in force")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNDONE = "undone", _("undone")


class TerritoryChangeQuerySet(ScopedQuerySet["TerritoryChange"]):
    def in_state(self, state: str) -> Self:
        wanted = {
            ChangeState.DRAFT: Q(in_force_at=None, withdrawn_at=None),
            ChangeState.IN_FORCE: Q(in_force_at__isnull=False, undone_at=None),
            ChangeState.WITHDRAWN: Q(withdrawn_at__isnull=False),
            ChangeState.UNDONE: Q(undone_at__isnull=False),
        }
        return self.filter(wanted[ChangeState(state)])


def person(words: Any) -> "models.ForeignKey[Any | None, Any | None]":
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, models.PROTECT, null=True, related_name="+", verbose_name=words)


class TerritoryChange(models.Model):
    """One legal document with one day from which it holds; its lines say what becomes of which place."""

    kind = models.CharField(_("kind of change"), max_length=10, choices=ChangeKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("within"))
    on = models.DateField(_("in force from"))
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"), default=timezone.now)
    in_force_by = person(_("put into force by"))
    in_force_at = models.DateTimeField(_("put into force at"), null=True)
    withdrawn_by = person(_("withdrawn by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    undone_by = person(_("undone by"))
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undo_reason = models.CharField(_("why it was undone"), max_length=300, blank=True)

    objects = TerritoryChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the territory")
        verbose_name_plural = _("changes of the territory")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(in_force_by=F("drafted_by")), name="territory_change_two_people"),
            models.CheckConstraint(condition=~Q(undone_by=F("in_force_by")), name="territory_undo_two_people"),
            models.CheckConstraint(
                condition=Q(in_force_at=None, in_force_by=None)
                | Q(in_force_at__isnull=False, in_force_by__isnull=False),
                name="territory_change_in_force_wholly",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(in_force_at=None), name="territory_change_withdrawn_or_in_force"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False, in_force_at__isnull=False),
                name="territory_change_undone_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.legal_basis}"

    @property
    def state(self) -> ChangeState:
        if self.withdrawn_at:
            return ChangeState.WITHDRAWN
        if self.undone_at:
            return ChangeState.UNDONE
        return ChangeState.IN_FORCE if self.in_force_at else ChangeState.DRAFT


class ChangeLine(models.Model):
    """What becomes of one place: one row of a list. Without `before` a place is set up; without `code` it ends."""

    change = models.ForeignKey(TerritoryChange, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("row"))
    before = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="+", verbose_name=_("place today"))
    before_name = models.CharField(max_length=150, blank=True, editable=False, help_text="stays when the place is gone")
    code = models.CharField(_("code from then on"), max_length=12, blank=True)
    name = models.CharField(_("name from then on"), max_length=120, blank=True)
    kind = models.CharField(_("kind from then on"), max_length=20, choices=Kind, blank=True)
    parent_code = models.CharField(_("code of the place it belongs to"), max_length=12, blank=True)
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=4, null=True, blank=True)
    is_main = models.BooleanField(_("takes over the records"), default=True)

    class Meta:
        verbose_name = _("line of a change")
        verbose_name_plural = _("lines of a change")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~Q(before_name="", code=""), name="change_line_says_something"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__gt=0, share__lte=1), name="change_line_share"),
        ]

    def __str__(self) -> str:
        return f"{self.before_name or '–'} → {self.name or self.code or '–'}"

    @property
    def level(self) -> str:
        return LEVEL_OF[Kind(self.kind)] if self.kind else self.before.level if self.before else ""


class ChangeEffect(models.Model):
    """A place that a change closed or opened, named so that it stays readable after an undoing."""

    change = models.ForeignKey(TerritoryChange, models.CASCADE, related_name="effects")
    area = models.ForeignKey(Area, models.SET_NULL, null=True, related_name="effects")
    is_opened = models.BooleanField()
    name = models.CharField(max_length=150)
    path = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("effect of a change")
        verbose_name_plural = _("effects of a change")
        ordering = ["path", "is_opened"]

    def __str__(self) -> str:
        return f"{self.name} ({self.path})"


LEVEL_OF: dict[Kind, Level] = {
    Kind.NATION: Level.NATION,
    Kind.PROVINCE: Level.PROVINCE,
    Kind.MUNICIPALITY: Level.PROVINCE,
    Kind.WARD: Level.COMMUNE,
    Kind.RURAL_COMMUNE: Level.COMMUNE,
    Kind.TOWNSHIP: Level.COMMUNE,
    Kind.SPECIAL_ZONE: Level.COMMUNE,
    Kind.HAMLET: Level.RESIDENTIAL,
    Kind.RESIDENTIAL_GROUP: Level.RESIDENTIAL,
}  # the kinds of today; those that ended with the districts are not set up any more
LEVEL_OF |= {kind: Level.DISTRICT for kind in Kind if kind not in LEVEL_OF}
