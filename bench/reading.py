"""Reading of reports: pages a minute and what is found, beside a reader that looks for the catalogue's keywords."""

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal

from bench._report import tell
from luytre.reporting.reading import numerals, wording
from luytre.reporting.reading.proposing import CATALOGUE, propose
from tests.reporting.reading.marked import Sample, samples, score

WORDS = 400  # a page
NUMBER = re.compile(rf"(?<![\w/.,])(?:{numerals.DIGITS})(?: {numerals.SCALE})?(?![\d/])")
AROUND = 60  # letters in which a keyword counts
Read = Callable[[Sample], int]


def keywords() -> list[tuple[str, str]]:
    """Every alias of the catalogue in plain wording, the longest first."""
    import csv

    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        pairs = [
            (wording.plain(alias), row["code"])
            for row in csv.DictReader(file)
            for alias in (row["vi_name"], *row["aliases_vi"].split("|"))
            if alias
        ]
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


ALIASES = keywords()


def by_keywords(text: str) -> list[tuple[int, int, Decimal, str]]:
    """What the seed's baseline does: a number with an alias near it."""
    found = []
    for number in NUMBER.finditer(text):
        near = wording.plain(text[max(0, number.start() - AROUND) : number.end() + AROUND])
        code = next((code for alias, code in ALIASES if alias in near), None)
        if code:
            found.append((number.start(), number.end(), numerals.of_scaled(number[0]), code))
    return found


def ours(each: Sample) -> int:
    return len(propose(each.text, reported_on=each.reported_on))


def theirs(each: Sample) -> int:
    return len(by_keywords(each.text))


def pages_a_minute(read: Read, all_of: list[Sample], rounds: int) -> list[float]:
    """On two cores, each process with its patterns loaded before the clock starts."""
    pages = sum(len(one.text.split()) for one in all_of) / WORDS
    speeds = []
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(read, all_of[:8], chunksize=2))
        for _round in range(rounds):
            begun = time.perf_counter()
            list(pool.map(read, all_of, chunksize=8))
            speeds.append(pages / (time.perf_counter() - begun) * 60)
    return speeds


def keyword_shares(all_of: list[Sample]) -> tuple[float, float, float, float]:
    counts: Counter[str] = Counter()
    for each in all_of:
        left = by_keywords(each.text)
        counts["proposed"] += len(left)
        for one in (one for one in each.marked if not one.is_vague and one.role != "target"):
            counts["figures"] += 1
            right = next(
                (got for got in left if got[0] < one.end and one.start < got[1] and got[2] == abs(one.value or 0)), None
            )
            counts["value"] += right is not None
            counts["indicator"] += right is not None and right[3] in one.codes
    over, of = counts["figures"] or 1, counts["proposed"] or 1
    return counts["value"] / over, counts["value"] / of, counts["indicator"] / over, counts["indicator"] / of


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    rounds = 2 if parser.parse_args().quick else 7
    read, held = [*samples("tuned"), *samples("held")], list(samples("held"))
    mine, other = pages_a_minute(ours, read, rounds), pages_a_minute(theirs, read, rounds)
    found, known = score(iter(held)), keyword_shares(held)
    print(f"{len(read)} reports; pages of {WORDS} words a minute on two processes, {rounds} rounds")
    print(f"  ours {statistics.median(mine):,.0f} ({min(mine):,.0f} to {max(mine):,.0f})")
    print(f"  keywords {statistics.median(other):,.0f} ({min(other):,.0f} to {max(other):,.0f})")
    print(f"held reports: {found}")
    print(
        f"  keywords: found value {known[0]:.3f}, indicator {known[2]:.3f}; of what is proposed {known[1]:.3f}, {known[3]:.3f}"
    )
    figures = {
        "pages_a_minute": round(statistics.median(mine)),
        "times_slower_than_keywords": round(statistics.median(other) / statistics.median(mine), 1),
        "value_found": round(found.share("value", "figures"), 3),
        "value_right": round(found.share("value", "proposed"), 3),
        "indicator_found": round(found.share("indicator", "figures"), 3),
        "indicator_right": round(found.share("indicator", "proposed"), 3),
        "keywords_value_found": round(known[0], 3),
        "keywords_value_right": round(known[1], 3),
        "keywords_indicator_found": round(known[2], 3),
        "keywords_indicator_right": round(known[3], 3),
    }
    aims = {
        "pages_a_minute": ("at least", 1000.0),
        "value_found": ("at least", 0.95),
        "value_right": ("at least", 0.95),
        "indicator_found": ("at least", 0.85),
        "indicator_right": ("at least", 0.85),
    }
    return tell("reading", figures, aims)


if __name__ == "__main__":
    sys.exit(main())
