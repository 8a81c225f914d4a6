"""Kept sums: what totals are read from, written while records change (ADR 8). Amounts are integers in hundredths."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from luytre.areas.models import Area

SCALE = 100  # amounts are kept in hundredths, so that money and kilograms add exactly
CHUNK = 64  # statistics a row holds side by side: half a kilobyte, never moved out of line
MARKS = 1024  # slots from here on count the parts of a statistic that are about, nearly, more than, a thousand on each
BEGINNING = date(1, 1, 1)  # first day of the rows that hold the opening balances of stocks


class Span(models.Model):
    """The lead area and the days that an amount belongs to: a slice of a month, or the window of a return."""

    area = models.ForeignKey(Area, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        abstract = True


class FactDelta(Span):
    """What one write changed; the folder adds it to the sums and takes it out. No writer waits for another."""

    id = models.BigAutoField(primary_key=True)
    chunk = models.SmallIntegerField()
    amounts = ArrayField(models.BigIntegerField(), size=CHUNK)

    class Meta:
        verbose_name = "fact delta"

    def __str__(self) -> str:
        return f"{self.area_id} {self.first_day}"


class FactSum(Span):
    """Sums of a lead area in one span, a chunk of statistics to a row; stocks are kept as their changes.

    A row that begins at the BEGINNING holds what stocks had become by an opening day.
    """

    pk = models.CompositePrimaryKey("area_id", "chunk", "first_day", "last_day")
    chunk = models.SmallIntegerField()
    amounts = ArrayField(models.BigIntegerField(), size=CHUNK)

    class Meta:
        verbose_name = "fact sum"
        indexes = [models.Index(fields=["chunk", "first_day", "last_day"], name="fact_sum_span")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.first_day}"


class FactOpening(models.Model):
    """A day up to which the changes of stocks were added up, so that reading one does not add up its whole past."""

    day = models.DateField(primary_key=True)

    class Meta:
        verbose_name = "fact opening"

    def __str__(self) -> str:
        return str(self.day)


class FactEra(models.Model):
    """A day from which lead areas are grouped into provinces in another way."""

    starts_on = models.DateField(primary_key=True)

    class Meta:
        verbose_name = "fact era"

    def __str__(self) -> str:
        return str(self.starts_on)


class FactSeat(models.Model):
    """The province a lead area stands in during an era; the nation's own path when it stands in several or none."""

    pk = models.CompositePrimaryKey("area_id", "era")
    area = models.ForeignKey(Area, models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False)
    era = models.DateField()
    path = models.CharField(max_length=20, db_collation="C")
    is_shared = models.BooleanField(default=False, help_text="a divided place with pieces in another province too")

    class Meta:
        verbose_name = "fact seat"
        indexes = [
            models.Index(fields=["era", "path"], name="fact_seat_era"),
            models.Index(fields=["era"], name="fact_seat_apart", condition=Q(path="0.") | Q(is_shared=True)),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.path}"


class FactTop(models.Model):
    """Sums of a province or the nation as grouped in an era; what is divided over several provinces is in none."""

    pk = models.CompositePrimaryKey("era", "path", "chunk", "first_day", "last_day")
    era = models.DateField()
    path = models.CharField(max_length=20, db_collation="C")
    chunk = models.SmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    amounts = ArrayField(models.BigIntegerField(), size=CHUNK)

    class Meta:
        verbose_name = "fact top"
        indexes = [models.Index(fields=["era", "chunk", "first_day", "last_day"], name="fact_top_span")]

    def __str__(self) -> str:
        return f"{self.path} {self.first_day}"
