"""Chaining after commit: one writer, in the order in which entries became visible to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from luytre.audit.models import AuditEntry, ChainLink, DailyRoot
from luytre.audit.trees import joined, levels

START = "0" * 64
LOCK = 0x4C54  # any number, the same for every worker: only one chains at a time
BATCH = 2000
LOOK_BACK = 100_000  # entries of transactions that stayed open while this many others were chained wait for the night


@dataclass(frozen=True)
class Fault:
    """A place where the trail does not agree with itself."""

    sequence: int
    reason: str


@transaction.atomic
def chain_committed(*, today: date, everything: bool = False) -> int:
    """Give every committed entry its link; entries of open transactions come with a later call."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    last = ChainLink.objects.order_by("-sequence").first()
    sequence, before = (last.sequence, last.hash) if last else (0, START)
    day = max(today, last.on if last else today, first_open_day() or today)
    links = []
    since = 0 if everything or not last else last.entry_id - LOOK_BACK
    for entry in AuditEntry.objects.filter(link=None, pk__gt=since).order_by("pk")[:BATCH]:
        sequence, hashed = sequence + 1, joined(before, entry.digest())
        links.append(ChainLink(sequence=sequence, entry=entry, before=before, hash=hashed, on=day))
        before = hashed
    ChainLink.objects.bulk_create(links)
    return len(links)


def first_open_day() -> date | None:
    """The day after the last closed one: nothing is added to a day whose root is out."""
    closed = DailyRoot.objects.aggregate(last=Max("day"))["last"]
    return closed + timedelta(days=1) if closed else None


def merkle_root(hashes: Sequence[str]) -> str:
    return levels(hashes)[-1][0] if hashes else START


@transaction.atomic
def close_days(*, before: date) -> int:
    """Write the root of every day before `before` that has links and no root yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    closed = 0
    open_days = ChainLink.objects.filter(on__lt=before).exclude(on__in=DailyRoot.objects.values("day"))
    for day in sorted(set(open_days.values_list("on", flat=True))):
        sequences = list(ChainLink.objects.filter(on=day).order_by("sequence").values_list("sequence", "hash"))
        DailyRoot.objects.create(
            day=day,
            root=merkle_root([hashed for _, hashed in sequences]),
            first_sequence=sequences[0][0],
            last_sequence=sequences[-1][0],
            count=len(sequences),
        )
        closed += 1
    return closed


def verify() -> Iterator[Fault]:
    """Walk the whole chain and every root; yields nothing when all agrees."""
    before, expected = START, 1
    for link in ChainLink.objects.select_related("entry").order_by("sequence").iterator(chunk_size=2000):
        if link.sequence != expected:
            yield Fault(expected, gettext_noop("a link is missing"))
        if link.before != before or link.hash != joined(link.before, link.entry.digest()):
            yield Fault(link.sequence, gettext_noop("the entry or its link was changed"))
        before, expected = link.hash, link.sequence + 1
    yield from verify_roots()


def verify_roots() -> Iterator[Fault]:
    for root in DailyRoot.objects.order_by("day"):
        hashes = list(ChainLink.objects.filter(on=root.day).order_by("sequence").values_list("hash", flat=True))
        if len(hashes) != root.count or merkle_root(hashes) != root.root:
            yield Fault(root.first_sequence, gettext_noop("the root of its day does not fit"))
