"""The materials library: what sessions hand out, show, play or read aloud, through its versions."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.bulletins import topics
from luytre.bulletins.files import Kept
from luytre.ui.records import Record, RecordQuerySet


class Kind(models.TextChoices):
    LEAFLET = "leaflet", _("leaflet or poster to print")
    VIDEO = "video", _("film, by its link")
    AUDIO = "audio", _("recording to play")
    SLIDES = "slides", _("slides")
    SCRIPT = "script", _("text to read aloud")


class Language(models.TextChoices):
    """The tongue a material is in; where it is understood is for the speaker to know."""

    VIETNAMESE = "vi", "Tiếng Việt"
    ENGLISH = "en", "English"
    THAI = "tai", "Thái"
    HMONG = "hmn", "Mông"
    TAY = "tyz", "Tày – Nùng"
    KHMER = "km", "Khmer"
    EDE = "rad", "Ê Đê"
    JRAI = "jra", "Jrai"
    BAHNAR = "bdq", "Ba Na"
    PACOH = "pac", "Pa Cô"


class Licence(models.TextChoices):
    OWN = "own", _("made by the body itself, free to pass on")
    OPEN = "open", _("under an open licence")
    ALLOWED = "allowed", _("used with the author's permission")
    STATE = "state", _("official text, free of copyright")


class OwnMaterial(Exception):
    """Nobody publishes what they wrote themselves (rights rule R11)."""


class AlreadyPublished(Exception):
    """This version went out before."""


class NotPublished(Exception):
    """What never went out cannot be withdrawn."""


class AlreadyWithdrawn(Exception):
    """This version was withdrawn before."""


def in_force(on: date) -> Q:
    return Q(expires_on=None) | Q(expires_on__gte=on)


class MaterialQuerySet(RecordQuerySet["Material"]):
    def published(self, on: date) -> Self:
        """What the public sees: some version went out and was not withdrawn, and its time has not run out."""
        out = MaterialVersion.objects.out().values("material")
        return self.kept().filter(in_force(on), pk__in=out)

    def waiting(self) -> Self:
        """With a version that a second person has not looked at yet."""
        return self.kept().filter(pk__in=MaterialVersion.objects.waiting().values("material"))


class Material(Record):
    """A leaflet, film, recording, set of slides or script; each change is a new version."""

    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="+",
        verbose_name=_("kept by"),
        help_text=_("the nation, a province, a commune"),
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LEAFLET)
    topic = models.CharField(_("topic"), max_length=40, choices=topics.choices)
    language = models.CharField(_("language"), max_length=4, choices=Language, default=Language.VIETNAMESE)
    licence = models.CharField(_("may it be passed on"), max_length=10, choices=Licence, default=Licence.OWN)
    source_body = models.CharField(
        _("made by"), max_length=160, help_text=_("the body, not a person: for example the commune police")
    )
    summary = models.TextField(
        _("what it says"),
        max_length=600,
        help_text=_("two or three sentences: what happens, where, what to do; no person is named or described"),
    )
    expires_on = models.DateField(
        _("holds good until"), null=True, blank=True, help_text=_("afterwards it is no longer shown to the public")
    )

    spoken_by = ("title", "summary", "source_body")

    objects = MaterialQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("outreach material")
        verbose_name_plural = _("outreach materials")
        indexes = [models.Index(fields=["topic"], name="material_topic")]

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> "MaterialVersion | None":
        """The newest version that went out and was not withdrawn."""
        return self.versions.out().order_by("-number").first()

    @property
    def state(self) -> str:
        """In words, for people."""
        newest = self.versions.order_by("-number").first()
        if newest is None:
            return gettext("has no version yet: add the file, link or text")
        return newest.state

    @transaction.atomic
    def add_version(
        self, *, by: User, at: datetime, note: str = "", text: str = "", link: str = "", kept: Kept | None = None
    ) -> "MaterialVersion":
        Material.objects.select_for_update().get(pk=self.pk)
        number = (self.versions.aggregate(last=models.Max("number"))["last"] or 0) + 1
        said = {"text": text, "link": link, "note": note, "added_by": by, "added_at": at}
        version = self.versions.create(number=number, **said, **(kept.columns() if kept else {}))
        self.wrote("version added", by=by)
        return version


class MaterialVersionQuerySet(ScopedQuerySet["MaterialVersion"]):
    area = "material__area"

    def out(self) -> Self:
        return self.filter(publication__isnull=False, withdrawal=None)

    def waiting(self) -> Self:
        """Nobody has published it, and no newer one stands before it."""
        newer = MaterialVersion.objects.filter(
            material=models.OuterRef("material"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(newer), publication=None)


class MaterialVersion(models.Model):
    """What was put in on a day: a stored file, a link, or a text; never changed afterwards."""

    material = models.ForeignKey(Material, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=20000, blank=True)
    link = models.URLField(_("link"), max_length=400, blank=True)
    stored = models.CharField(max_length=100, blank=True, help_text="below the media folder")
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(_("size"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    added_at = models.DateTimeField(_("recorded at"))

    objects = MaterialVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a material")
        verbose_name_plural = _("versions of materials")
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="material_version_once"),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(link="") | ~Q(stored=""), name="material_version_holds_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material}, {self.number}"

    @property
    def waits(self) -> bool:
        return not hasattr(self, "publication")

    @property
    def is_out(self) -> bool:
        return hasattr(self, "publication") and not hasattr(self, "withdrawal")

    @property
    def state(self) -> str:
        if hasattr(self, "withdrawal"):
            words = gettext("withdrawn on %(day)s: %(why)s")
            return words % {"day": f"{self.withdrawal.on:%d/%m/%Y}", "why": self.withdrawal.reason}
        if hasattr(self, "publication"):
            return gettext("published on %(day)s") % {"day": f"{self.publication.at:%d/%m/%Y}"}
        return gettext("waits for a second person")

    @transaction.atomic
    def publish(self, *, by: User, at: datetime, reason: str) -> "Publication":
        """Let it out to the public: by somebody else than its author, who says what was checked."""
        if by == self.added_by:
            raise OwnMaterial(self)
        if Publication.objects.filter(version=self).exists():
            raise AlreadyPublished(self)
        written_by = self.added_by
        publication = Publication.objects.create(version=self, written_by=written_by, by=by, at=at, reason=reason)
        audit.record(self, "published", by=by, area_path=self.material.area.path)
        self.material.wrote("published", by=by)
        return publication

    @transaction.atomic
    def withdraw(self, *, by: User, on: date, reason: str) -> "Withdrawal":
        """Take it back in the open: the page stays and says that it no longer holds."""
        if not Publication.objects.filter(version=self).exists():
            raise NotPublished(self)
        if Withdrawal.objects.filter(version=self).exists():
            raise AlreadyWithdrawn(self)
        withdrawal = Withdrawal.objects.create(version=self, by=by, on=on, reason=reason)
        audit.record(self, "withdrawn", by=by, area_path=self.material.area.path)
        self.material.wrote("withdrawn", by=by)
        return withdrawal


class Publication(models.Model):
    """A version went out: two different people, its author and who let it out (rights rule R11)."""

    version = models.OneToOneField(MaterialVersion, models.PROTECT, related_name="publication")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("published at"))
    reason = models.CharField(_("what was checked"), max_length=300)

    class Meta:
        verbose_name = _("publication of a material")
        verbose_name_plural = _("publications of materials")
        constraints = [models.CheckConstraint(condition=~Q(by=F("written_by")), name="material_two_people")]

    def __str__(self) -> str:
        return f"{self.version} {self.at}"


class Withdrawal(models.Model):
    """A version that no longer holds: when and why, told to the public."""

    version = models.OneToOneField(MaterialVersion, models.PROTECT, related_name="withdrawal")
    on = models.DateField(_("withdrawn on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("withdrawal of a material")
        verbose_name_plural = _("withdrawals of materials")

    def __str__(self) -> str:
        return f"{self.version} {self.on}"


def newest_versions(rows: Any) -> Any:
    """Versions newest first, with what became of each."""
    return rows.select_related("publication__by", "withdrawal__by", "added_by").order_by("-number")
