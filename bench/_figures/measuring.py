"""Times of many ways to do one thing, taken in turns, so that whatever else the machine does hits all alike."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Milliseconds, one for each round."""

    all: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        ordered = sorted(self.all)
        return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]

    def __str__(self) -> str:
        told = f"{shown(self.median)} ms ({shown(min(self.all))} to {shown(max(self.all))}, {len(self.all)} rounds)"
        return told if len(self.all) < 20 else f"{told}, p95 {shown(self.p95)}"


def shown(milliseconds: float) -> str:
    return (
        f"{milliseconds:,.0f}"
        if milliseconds >= 100
        else f"{milliseconds:.2g}"
        if milliseconds < 1
        else f"{milliseconds:.1f}"
    )


def taken(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def in_turns(ways: Mapping[str, Callable[[], object]], rounds: Mapping[str, int]) -> dict[str, Times]:
    """Once each unmeasured, then round by round; slow ways take part in fewer rounds."""
    for work in ways.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(max(rounds[name] for name in ways)):
        for name, work in ways.items():
            if number < rounds[name]:
                found[name].append(taken(work))
    return {name: Times(times) for name, times in found.items()}


def many(work: Callable[[], object], *, times: int) -> Times:
    work()
    return Times([taken(work) for _each in range(times)])


def say(*words: object) -> None:
    print(*words, flush=True)


def table(rows: Iterable[Sequence[object]]) -> None:
    known = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in known) for column in range(len(known[0]))]
    for row in known:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
