"""What an office writes to the keepers of sites below it, commune by commune, and what they answer."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Level, ScopedQuerySet
from luytre.registry.models.initiatives import Site


class AlreadyReplied(Exception):
    """The notice was answered before."""


class KeeperNoticeQuerySet(ScopedQuerySet["KeeperNotice"]):
    def unanswered(self) -> Self:
        return self.filter(reply=None)


class KeeperNotice(models.Model):
    """A letter inside the system to whoever keeps the sites of one commune, about some of them."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("to the keepers of"))
    sites = models.ManyToManyField(Site, related_name="notices", verbose_name=_("about"))
    text = models.CharField(_("what you write to them"), max_length=1000, help_text=_("no names of people"))
    at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("from"))

    objects = KeeperNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to keepers")
        verbose_name_plural = _("notices to keepers")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.area} {self.at:%d/%m/%Y}"

    @transaction.atomic
    def answer(self, *, by: User, text: str) -> "KeeperReply":
        if KeeperReply.objects.filter(notice=self).exists():
            raise AlreadyReplied(self)
        reply = KeeperReply.objects.create(notice=self, by=by, text=text)
        audit.record(self, "answered", by=by, area_path=self.area.path)
        return reply


class KeeperReply(models.Model):
    """The keepers' answer: that they have read it, and what they will do."""

    notice = models.OneToOneField(KeeperNotice, models.PROTECT, related_name="reply")
    text = models.CharField(_("your answer"), max_length=1000, help_text=_("no names of people"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer of keepers")
        verbose_name_plural = _("answers of keepers")

    def __str__(self) -> str:
        return f"{self.notice}"


@transaction.atomic
def write_to_keepers(sites: Iterable[Site], *, by: User, text: str) -> list[KeeperNotice]:
    """One notice to each commune that keeps any of the sites."""
    by_commune: dict[Area, list[Site]] = defaultdict(list)
    for site in sites:
        by_commune[commune_of(site)].append(site)
    notices = []
    for area, theirs in by_commune.items():
        notice = KeeperNotice.objects.create(area=area, text=text, by=by)
        notice.sites.set(theirs)
        audit.record(notice, "added", by=by, area_path=area.path)
        notices.append(notice)
    return notices


def commune_of(site: Site) -> Area:
    """As it was when the site was recorded; whoever has taken it over since finds the notice."""
    area = site.area
    return area.parent if area.level == Level.RESIDENTIAL and area.parent else area
