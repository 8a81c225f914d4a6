"""What a site's page shows beyond its fields: its way as a stem, signs of life, people and means, decisions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from luytre.common.numbers import format_number
from luytre.registry.models import Funding, QuietLimit, Site, SiteActivity, Stage
from luytre.registry.models.evidence import months_between
from luytre.ui.components import Step

TO_COME: dict[str, tuple[Stage, ...]] = {
    Stage.PROPOSED: (Stage.APPROVED, Stage.LAUNCHED),
    Stage.APPROVED: (Stage.LAUNCHED,),
    Stage.REFUSED: (),
    "": (Stage.PROPOSED, Stage.APPROVED, Stage.LAUNCHED),
}
SHOWN = 6  # of the newest steps, activities and the like


def site_sheet(context: Mapping[str, Any], site: Site) -> str:
    """For the register's page of one record."""
    made = SiteSheet(site, context["today"])
    return render_to_string(
        "registry/_site_sheet.html", {"sheet": made, "site": site, "can_write": context["can_write"]}
    )


@dataclass(frozen=True)
class SiteSheet:
    site: Site
    day: date

    @cached_property
    def stem(self) -> list[Step]:
        return [*self.past(), *self.ahead()]

    def past(self) -> Iterator[Step]:
        steps = list(self.site.steps.order_by("on", "pk"))
        if self.site.launched_on and not any(one.kind == Stage.LAUNCHED for one in steps):
            yield Step(capfirst(Stage.LAUNCHED.label), "done", f"{self.site.launched_on:%d/%m/%Y}")
        for one in steps[-SHOWN:]:
            yield Step(capfirst(one.get_kind_display()), "done", f"{one.on:%d/%m/%Y}")
        if self.site.closing:
            yield Step(capfirst(Stage(self.site.stage).label), "done", f"{self.site.closing.on:%d/%m/%Y}")

    def ahead(self) -> Iterator[Step]:
        stage = self.site.stage
        if self.site.is_running:
            yield Step(_("Next review"), "next")
        for place, one in enumerate(TO_COME.get(stage, ())):
            yield Step(capfirst(one.label), "later" if place else "next")

    @cached_property
    def signs(self) -> Site:
        return Site.objects.with_signs(self.day).get(pk=self.site.pk)

    @property
    def months(self) -> int | None:
        return months_between(self.signs.seen_on, self.day) if self.signs.seen_on else None

    @cached_property
    def limit(self) -> int:
        path = self.site.area.path_on(self.day) or self.site.area.path
        return QuietLimit.objects.months_at(path)

    @property
    def is_quiet(self) -> bool:
        return self.site.is_running and self.months is not None and self.months >= self.limit

    @property
    def activities(self) -> list[SiteActivity]:
        return list(self.site.activities.kept().order_by("-on", "-pk")[:SHOWN])

    def people(self) -> list[tuple[str, str]]:
        """The numbers that hold on the day."""
        last = self.site.counts_on(self.day)
        counted_on = self.site.launched_on if last is self.site else last.on
        said = [
            (_("Members"), format_number(last.member_count, last.member_qualifier)),
            (_("Women among them"), format_number(last.women_count)),
            (_("Groups"), format_number(last.group_count, last.group_qualifier)),
            (_("Households"), format_number(last.household_count)),
            (_("Counted on"), f"{counted_on:%d/%m/%Y}" if counted_on else ""),
            (_("Headed by"), self.site.head_on(self.day) or _("nobody recorded")),
        ]
        return [(label, words) for label, words in said if words]

    def means(self) -> list[tuple[str, str]]:
        """Money by source, and how many of each kind of equipment."""
        found = self.site.fundings.values("source").annotate(all=Sum("amount_vnd")).order_by("source")
        money = [
            (Funding.Source(one["source"]).label, _("%(sum)s đồng") % {"sum": format_number(one["all"])})
            for one in found
            if one["all"]
        ]
        goods = [(_("in kind"), one.in_kind) for one in self.site.fundings.exclude(in_kind="")]
        things = [(one.get_kind_display(), format_number(one.count)) for one in self.site.equipment_on(self.day)]
        return [(capfirst(str(label)), words) for label, words in [*money, *goods, *things]]

    @property
    def heads(self) -> list[Any]:
        """One after another, newest first."""
        return list(self.site.siteheads.order_by("-on", "-pk")[:SHOWN])

    @property
    def ratings(self) -> list[Any]:
        return list(self.site.ratings.select_related("mark").order_by("-on")[:SHOWN])

    @property
    def interviews(self) -> list[Any]:
        return list(self.site.interviews.order_by("-on", "-pk")[:SHOWN])

    @cached_property
    def decision(self) -> Any:
        """The closing or refusal that holds."""
        return self.site.closing or self.site.refused_step

    @property
    def appeal(self) -> Any:
        return getattr(self.decision, "appeal", None)

    @property
    def answer(self) -> Any:
        return getattr(self.appeal, "answered", None)

    @cached_property
    def copies(self) -> int:
        return self.site.copies.kept().count()
