"""Lists that everybody shares, such as topics and kinds: rows with a code and a name in both languages."""

import csv
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.common.text import clean, sort_key


class Listed(models.Model):
    """One line of a shared list. Its code never changes its meaning."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    vi_name = models.CharField(_("Vietnamese name"), max_length=120)
    en_name = models.CharField(_("English name"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vi_name = clean(self.vi_name)
        self.sort_key = sort_key(self.vi_name)
        super().save(*args, **kwargs)


class Measured(Listed):
    """A line that is counted in a unit of its own."""

    vi_unit = models.CharField(_("Vietnamese unit"), max_length=40)
    en_unit = models.CharField(_("English unit"), max_length=40)

    class Meta(Listed.Meta):
        abstract = True

    @property
    def unit(self) -> str:
        return self.en_unit if get_language() == "en" else self.vi_unit


@transaction.atomic
def sync(model: type[Listed], file: Path) -> int:
    """Bring the table in line with a file whose columns are the model's; returns how many were new or changed."""
    before = {one.code: one for one in model._default_manager.all()}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    changed = [row for row in rows if differs(before.get(row["code"]), row)]
    for row in changed:
        one = before.get(row["code"]) or model()
        for name, value in row.items():
            setattr(one, name, value)
        one.save()
    return len(changed)


def differs(one: Listed | None, row: dict[str, str]) -> bool:
    return one is None or any(str(getattr(one, name)) != value for name, value in row.items())
