"""How far a campaign of pledges is, place by place: signatures beside what there is to sign. Counts, never a list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from luytre.activities.models import DigitalSignatures, PledgeCampaign, PledgeCount, SignerKind, UnitCount
from luytre.areas.models import Area, Level, Scope, under_any, valid_on
from luytre.common.numbers import combined, format_number
from luytre.reporting.figures import percent


@dataclass
class Tally:
    """Of one place and kind of signer: signed on paper, by phone, and of how many; none where nobody has said."""

    paper: int = 0
    phone: int = 0
    units: int | None = None
    qualifiers: set[str] = field(default_factory=set)

    @property
    def signed(self) -> int:
        return self.paper + self.phone

    @property
    def signed_in_words(self) -> str:
        return format_number(self.signed, combined(self.qualifiers))

    @property
    def share(self) -> Decimal | None:
        return percent(self.signed, self.units) if self.units else None

    @property
    def share_in_words(self) -> str:
        return f"{format_number(self.share)} %" if self.share is not None else ""

    @property
    def is_complete(self) -> bool:
        return self.units is not None and self.signed >= self.units


@dataclass(frozen=True)
class Line:
    """A place with its tallies, in the order of the kinds of signer; no place: what stands in none of those shown."""

    place: Area | None
    tallies: list[Tally]


@dataclass(frozen=True)
class Progress:
    """All places of a campaign that somebody may see."""

    campaign: PledgeCampaign
    signers: list[SignerKind]
    lines: list[Line]

    @property
    def whole(self) -> list[Tally]:
        return [together(line.tallies[number] for line in self.lines) for number in range(len(self.signers))]

    @property
    def pairs(self) -> Iterator[tuple[SignerKind, Tally]]:
        return zip(self.signers, self.whole, strict=True)


def together(tallies: Iterable[Tally]) -> Tally:
    """A share of the whole is said only where every place that has signed has said of how many."""
    total, is_known = Tally(units=0), True
    for tally in tallies:
        total.paper, total.phone = total.paper + tally.paper, total.phone + tally.phone
        total.qualifiers |= tally.qualifiers
        total.units = (total.units or 0) + (tally.units or 0)
        is_known = is_known and (tally.units is not None or not tally.signed)
    return total if is_known and total.units else Tally(total.paper, total.phone, None, total.qualifiers)


def of(campaign: PledgeCampaign, *, scope: Scope) -> Progress:
    """By residential area within a commune, by commune above it; only places in the scope."""
    signers = list(campaign.signers.order_by("pk"))
    roots = shared_paths(campaign.area.path_on(scope.on) or campaign.area.path, scope)
    places = places_of(roots, scope)
    tallies = read(campaign, signers, roots, scope)
    known = {place.path: place for place in places}
    found: dict[str, dict[int, Tally]] = {path: {} for path in known}
    for (path, signer), tally in tallies.items():
        home = next((one for one in known if path.startswith(one)), "")
        kept = found.setdefault(home, {})
        kept[signer] = together_kept(kept.get(signer), tally)
    lines = [
        Line(known.get(path), [kept.get(signer.pk, Tally()) for signer in signers]) for path, kept in found.items()
    ]
    return Progress(campaign, signers, lines)


def together_kept(one: Tally | None, other: Tally) -> Tally:
    if one is None:
        return other
    units = None if one.units is None and other.units is None else (one.units or 0) + (other.units or 0)
    return Tally(one.paper + other.paper, one.phone + other.phone, units, one.qualifiers | other.qualifiers)


def shared_paths(path: str, scope: Scope) -> list[str]:
    """Where the campaign's place and the scope overlap."""
    found = [own if own.startswith(path) else path for own in scope.paths if own.startswith(path) or scope.covers(path)]
    return list(dict.fromkeys(found))


def places_of(roots: list[str], scope: Scope) -> list[Area]:
    """The parts of each root on the day; a residential area is its own."""
    found: list[Area] = []
    for root in Area.objects.on(scope.on).filter(path__in=roots):
        found += (
            [root] if root.level == Level.RESIDENTIAL else list(root.children_on(scope.on).select_related("parent"))
        )
    return found


Key = tuple[str, int]


def read(campaign: PledgeCampaign, signers: list[SignerKind], roots: list[str], scope: Scope) -> dict[Key, Tally]:
    """Tallies by the path where a row stands on the day, three questions whatever the number of places."""
    found: dict[Key, Tally] = {}
    paper = PledgeCount.objects.kept().filter(campaign=campaign)
    for path, signer, qualifier, count in summed(paper, roots, scope, "signed_qualifier"):
        tally = found.setdefault((path, signer), Tally())
        tally.paper += count
        tally.qualifiers.add(qualifier)
    for path, signer, count in summed(DigitalSignatures.objects.filter(campaign=campaign), roots, scope):
        found.setdefault((path, signer), Tally()).phone += count
    units = UnitCount.objects.latest_on(scope.on).filter(signer__in=signers)
    for path, signer, count in placed(UnitCount.objects.filter(pk__in=units.values("pk")), roots, scope).values_list(
        "path", "signer", "unit_count"
    ):
        tally = found.setdefault((path, signer), Tally())
        tally.units = (tally.units or 0) + count
    return found


def placed(rows: "QuerySet[Any]", roots: list[str], scope: Scope) -> "QuerySet[Any]":
    standing = "area__standings__"
    here = rows.filter(valid_on(scope.on, standing), under_any(roots, standing), **{f"{standing}is_main": True})
    placed_rows: QuerySet[Any] = here.annotate(path=F(f"{standing}path"))
    return placed_rows


def summed(rows: "QuerySet[Any]", roots: list[str], scope: Scope, *by: str) -> "QuerySet[Any, Any]":
    grouped = placed(rows, roots, scope).order_by().values("path", "signer", *by)
    found: QuerySet[Any, Any] = grouped.annotate(all=Sum("signed_count")).values_list("path", "signer", *by, "all")
    return found
