"""Places as they stood from one day until another, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.common.text import clean, fold, sort_key

M = TypeVar("M", bound=models.Model)


class Level(models.TextChoices):
    NATION = "nation", _("nation")
    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district (until 30 June 2025)")
    COMMUNE = "commune", _("commune")
    RESIDENTIAL = "residential", _("residential area")


class Kind(models.TextChoices):
    NATION = "nation", _("nation")
    PROVINCE = "province", _("province")
    MUNICIPALITY = "municipality", _("centrally run city")
    URBAN_DISTRICT = "urban_district", _("urban district")
    TOWN = "town", _("town")
    PROVINCIAL_CITY = "provincial_city", _("provincial city")
    MUNICIPAL_CITY = "municipal_city", _("municipal city")
    RURAL_DISTRICT = "rural_district", _("rural district")
    ISLAND_DISTRICT = "island_district", _("island district")
    WARD = "ward", _("ward")
    RURAL_COMMUNE = "rural_commune", _("rural commune")
    TOWNSHIP = "township", _("township")
    SPECIAL_ZONE = "special_zone", _("special zone")
    HAMLET = "hamlet", _("hamlet")
    RESIDENTIAL_GROUP = "residential_group", _("urban residential group")


KIND_VI: dict[str, str] = {
    Kind.NATION: "",
    Kind.PROVINCE: "tỉnh",
    Kind.MUNICIPALITY: "thành phố",
    Kind.URBAN_DISTRICT: "quận",
    Kind.TOWN: "thị xã",
    Kind.PROVINCIAL_CITY: "thành phố",
    Kind.MUNICIPAL_CITY: "thành phố",
    Kind.RURAL_DISTRICT: "huyện",
    Kind.ISLAND_DISTRICT: "huyện đảo",
    Kind.WARD: "phường",
    Kind.RURAL_COMMUNE: "xã",
    Kind.TOWNSHIP: "thị trấn",
    Kind.SPECIAL_ZONE: "đặc khu",
    Kind.HAMLET: "",
    Kind.RESIDENTIAL_GROUP: "",
}  # official kinds stand in Vietnamese documents whatever the page's language


@dataclass(frozen=True)
class Scope:
    """The territory in which somebody may do one thing, read on one day."""

    paths: tuple[str, ...]
    on: date

    def __bool__(self) -> bool:
        return bool(self.paths)

    @property
    def is_national(self) -> bool:
        return NATION_PATH in self.paths

    def covers(self, path: str) -> bool:
        return any(path.startswith(own) for own in self.paths)


NATION_PATH = "0."


def valid_on(day: date, prefix: str = "") -> Q:
    """Half-open: from `valid_from`, until the day before `valid_to`."""
    ended = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & ended


def paths_to(path: str) -> list[str]:
    """ "0.11.03325." lies in "0.", in "0.11." and in itself."""
    return [path[: end + 1] for end, sign in enumerate(path) if sign == "."]


def under_any(paths: Iterable[str], prefix: str = "") -> Q:
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{prefix}path__startswith": path})
    return found


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of somewhere. `area` names the way from a row to its area, once."""

    area = "area"

    def within(self, scope: Scope) -> Self:
        """Rows whose area stands in the scope on its day, also those of places since merged into it."""
        return self.filter(**{f"{self.area}__in": Area.objects.standing_within(scope)})

    def of(self, place: "Area", *, on: date) -> Self:
        """Rows of a place as the territory stood on a day."""
        return self.filter(**{f"{self.area}__in": Area.objects.standing_under([place.path], on=on)})


class AreaQuerySet(models.QuerySet["Area"]):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def under(self, area: "Area") -> Self:
        """The area itself and all below it, in the path's own time."""
        return self.filter(path__startswith=area.path)

    def within(self, scope: Scope) -> Self:
        """Places of the scope's day that lie in it."""
        return self.filter(valid_on(scope.on) & under_any(scope.paths))

    def standing_under(self, paths: Iterable[str], *, on: date) -> Self:
        """Every row, of whatever time, that on `on` stands at or under one of the paths."""
        return self.filter(pk__in=Standing.objects.filter(valid_on(on), under_any(paths)).values("area"))

    def standing_within(self, scope: Scope) -> Self:
        return self.standing_under(scope.paths, on=scope.on)

    def matching(self, words: str) -> Self:
        """Search without tone marks, each word anywhere in the name or code."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(Q(folded__contains=word) | Q(code=word))
        return rows

    def sorted(self) -> Self:
        return self.order_by("sort_key", "code")

    def find(self, code: str, *, on: date, level: str = "") -> "Area":
        """The place with an official code as it stood on a day; Area.DoesNotExist otherwise."""
        rows = self.filter(code=code).on(on)
        return (rows.filter(level=level) if level else rows).get()


class Area(models.Model):
    """A place as it stood from `valid_from` until the day before `valid_to`."""

    code = models.CharField(_("code"), max_length=12)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name=_("belongs to"))
    path = models.CharField(max_length=80, editable=False, help_text="codes from the nation down, each with a dot")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (not included)"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)
    is_sample = models.BooleanField(_("made-up sample"), default=False)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4, null=True, blank=True)
    lead = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="a row whose records stand in the same commune on every day; none: itself",
    )
    folded = models.CharField(max_length=160, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="area_ends_after_start"
            ),
            ExclusionConstraint(
                name="area_code_once_a_day",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(OpClass(F("path"), "text_pattern_ops"), name="area_path_prefix"),
            models.Index(fields=["code"], name="area_code"),
            models.Index(fields=["sort_key"], name="area_sort"),
            GinIndex(OpClass(F("folded"), "gin_trgm_ops"), name="area_folded"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_derived()
        super().save(*args, **kwargs)

    def fill_derived(self) -> None:
        """Path, search text, order and, to begin with, the lead follow from code, name and parent."""
        self.name = clean(self.name)
        if self._state.adding and self.parent and self.level == Level.RESIDENTIAL:
            self.lead_id = self.parent.lead_id or self.parent.pk
        self.path = f"{self.parent.path if self.parent else ''}{self.code}."
        self.folded = fold(f"{KIND_VI[self.kind]} {self.name}")
        self.sort_key = sort_key(self.name)

    @property
    def full_name(self) -> str:
        """With its kind, as people say it: "xã Mường Phăng", "Phường 7"."""
        if self.level == Level.NATION or self.kind in (Kind.HAMLET, Kind.RESIDENTIAL_GROUP):
            return self.name
        if get_language() == "en":
            return f"{self.name} {self.get_kind_display()}"
        return f"{KIND_VI[self.kind]} {self.name}"

    @property
    def depth(self) -> int:
        return self.path.count(".")

    def stands_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def path_on(self, day: date) -> str:
        """Where it stands on a day, as itself or as what became of it; nothing when it stood nowhere."""
        return self.standings.filter(valid_on(day), is_main=True).values_list("path", flat=True).first() or ""

    def children_on(self, day: date) -> AreaQuerySet:
        """What lies right below; by the parent's code, since a parent may change its kind while they stay."""
        rows = Area.objects.filter(parent__code=self.code, parent__level=self.level, path__startswith=self.path)
        return rows.on(day).sorted()

    def ancestors_on(self, day: date) -> list["Area"]:
        """From the nation down to the parent, as they stood on a day."""
        codes = self.path.split(".")[:-2]
        paths = [".".join(codes[: end + 1]) + "." for end in range(len(codes))]
        return list(Area.objects.filter(path__in=paths).on(day).order_by("path"))


class Succession(models.Model):
    """What became of a place: `after` took `before` over, wholly or in part."""

    before = models.ForeignKey(Area, models.PROTECT, related_name="successions", verbose_name=_("before"))
    after = models.ForeignKey(Area, models.PROTECT, related_name="origins", verbose_name=_("after"))
    on = models.DateField(_("on"))
    is_main = models.BooleanField(_("takes over the records"), default=True)
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=4, null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="succession_once"),
            models.UniqueConstraint(fields=["before"], condition=Q(is_main=True), name="succession_one_main"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class StandingQuerySet(models.QuerySet["Standing"]):
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def offices(self, day: date) -> Self:
        """Where somebody named for a place acts: its main heir of the same level, never the place above it."""
        return self.on(day).filter(is_main=True, place__level=F("area__level"))


class Standing(models.Model):
    """Where a row's records stand at some time: worked out by `areas.standings`, never typed.

    On each day an area has one main standing; only a place divided by known shares has others beside it, and then the
    shares of the day add up to one.
    """

    area = models.ForeignKey(Area, models.CASCADE, related_name="standings")
    place = models.ForeignKey(Area, models.CASCADE, related_name="+")
    path = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    is_estimate = models.BooleanField(
        default=False, help_text="a divided place: by shares, or all in its main successor"
    )
    share = models.DecimalField(max_digits=5, decimal_places=4, default=1)
    is_main = models.BooleanField(default=True, help_text="where the records themselves are found")
    is_lead = models.BooleanField(default=False, help_text="of a row under which totals are kept")

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="standing_share_is_a_part"),
            ExclusionConstraint(
                name="standing_once_a_place_and_day",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (Func("valid_from", "valid_to", function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_main=False),
            ),
            ExclusionConstraint(
                name="standing_one_main_a_day",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (Func("valid_from", "valid_to", function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_main=True),
            ),
        ]
        indexes = [
            models.Index(OpClass(F("path"), "text_pattern_ops"), name="standing_path_prefix"),
            models.Index(OpClass(F("path"), "text_pattern_ops"), name="standing_lead_path", condition=Q(is_lead=True)),
        ]

    def __str__(self) -> str:
        return f"{self.area} @ {self.path}"
