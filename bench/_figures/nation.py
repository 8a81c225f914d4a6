"""The house with a made-up nation in it, and what is asked of it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import psycopg

from luytre.running import environment
from luytre.running.database import Cluster
from luytre.running.home import Home
from tests.running.house import House

UNTIL = date(2026, 6, 14)  # the last month that is there; what writers add comes after it
SEED = 2025


@dataclass(frozen=True)
class Size:
    """How much is made, and for how many of its months the DHIS2-shaped table is built beside it."""

    areas: int
    months: int
    dhis2_months: int
    indicators: int = 60


FULL = Size(areas=95_000, months=120, dhis2_months=12)
QUICK = Size(areas=4_000, months=18, dhis2_months=12)


@dataclass(frozen=True)
class Nation:
    """A data folder of its own, with its own PostgreSQL as the product starts it."""

    house: House
    size: Size

    @property
    def home(self) -> Home:
        return self.house.home

    @property
    def cluster(self) -> Cluster:
        return self.house.cluster

    def command(self, *arguments: str) -> None:
        """As people run it, its words on this screen."""
        call = [sys.executable, "-m", "luytre", *arguments]
        subprocess.run(call, env=self.house.environment, cwd="/", check=True)

    def make(self) -> None:
        """Goes on where an interrupted run stopped."""
        self.command("migrate", "--verbosity", "0")
        size = self.size
        counts = ["--areas", str(size.areas), "--months", str(size.months), "--indicators", str(size.indicators)]
        self.command("simulate", "nation", *counts, "--seed", str(SEED), "--until", f"{UNTIL:%Y-%m}")

    def owner(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(self.cluster.url(), autocommit=True)

    def set_up_django(self) -> None:
        """This process asks as the web server does, with the application's role."""
        where = environment.addresses(self.home)
        os.environ.update(environment.for_application(self.home, where), LUYTRE_POOL="0")
        os.environ.pop("LUYTRE_OWNER_DATABASE_URL", None)
        import django

        django.setup()

    @cached_property
    def form(self) -> Any:
        from luytre.reporting.models import ReturnForm

        return ReturnForm.objects.get(code="simulated", version=2)

    @cached_property
    def ten(self) -> list[str]:
        """Ten flows that the former communes told too, spread over the form."""
        flows = [code for code, stock in zip(self.form.codes, self.form.stocks, strict=True) if not stock]
        return flows[:: max(1, len(flows) // 10)][:10]

    @cached_property
    def five_stocks(self) -> list[str]:
        return [code for code, stock in zip(self.form.codes, self.form.stocks, strict=True) if stock][:5]

    @cached_property
    def whole(self) -> Any:
        from luytre.areas.models import Area

        return Area.objects.get(level="nation")

    @cached_property
    def province(self) -> Any:
        """The one with the most communes but one: neither the largest nor a small one."""
        from luytre.areas.models import Area

        provinces = list(Area.objects.on(UNTIL).filter(level="province"))
        counts = {
            one.path: Area.objects.on(UNTIL).filter(level="commune", path__startswith=one.path).count()
            for one in provinces
        }
        return sorted(provinces, key=lambda one: counts[one.path])[-2]

    @property
    def months(self) -> list[Any]:
        from luytre.common.periods import months_back

        return months_back(UNTIL, min(12, self.size.months))

    @property
    def years(self) -> list[Any]:
        """The administrative years that the data reaches into."""
        from luytre.common.periods import months_back, whole_year

        return [
            whole_year(year) for year in sorted({one.last_day.year for one in months_back(UNTIL, self.size.months)})
        ]
