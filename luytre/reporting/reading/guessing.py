"""Which letters a text was written with, by how many of its words are Vietnamese syllables when read that way."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from luytre.reporting.reading import legacy
from luytre.reporting.reading.legacy import Letters

SAMPLE = 200_000  # characters that are looked at
CANDIDATES = (Letters.TCVN3, Letters.VNI, Letters.CP1258)
SURE, CLEARLY = 0.7, 0.25  # the share of syllables, and how far above that of the text as it stands
FEWEST = 3  # words, below which nothing is guessed
WORD = re.compile(r"[A-Za-z\u0080-\u009f\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff]+")
STRANGE = re.compile(r"[\u00a1-\u00ff\u0152\u0153\uf0a1-\uf0ff]")
TONES = str.maketrans("", "", legacy.ACUTE + legacy.GRAVE + legacy.HOOK + legacy.TILDE + legacy.DOT)
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?:uyê|uya|uyu|oai|oao|oay|oeo|iêu|yêu|uôi|ươi|ươu|uây|uâ|uê|uô|uơ|uy|ươ|ưu|ưa|ưi|oa|oă|oe|oo|oi|ôi|ơi"
    r"|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|yê|iu|ua|ui|[aăâeêioôơuưy])"
    r"(ch|nh|ng|[cmnpt])?"
)
STOPPED = {"c", "ch", "p", "t"}


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """As Vietnamese spells them, with at most one tone, and one that can stand there."""
    parts = unicodedata.normalize("NFD", word.lower())
    bare = parts.translate(TONES)
    tones = len(parts) - len(bare)
    found = SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare))
    if not found or tones > 1:
        return False
    return found[1] not in STOPPED or legacy.ACUTE in parts or legacy.DOT in parts


def marked_words(text: str) -> Counter[str]:
    """Only those with a letter beyond ASCII tell anything."""
    return Counter(word for word in WORD.findall(text) if not word.isascii())


def likeness(text: str) -> float:
    """The share of syllables among the words with marks; 1 for a text without any."""
    words = marked_words(text)
    total = words.total()
    return sum(count for word, count in words.items() if is_syllable(word)) / total if total else 1.0


def guess(text: str) -> Letters | None:
    """How a text that was read as Western European was written; None if it is right as it is, or not Vietnamese."""
    sample = text[:SAMPLE]
    if marked_words(sample).total() < FEWEST:
        return None
    now = likeness(sample)
    best, share = max(((one, likeness(legacy.decoded(sample, one))) for one in CANDIDATES), key=lambda pair: pair[1])
    return best if share >= SURE and share >= now + CLEARLY else None


def is_legacy(line: str) -> bool:
    """Could have been written with other letters than Unicode's."""
    return bool(STRANGE.search(line)) and not legacy.UNICODE_ONLY.search(line)


def mended(text: str) -> tuple[str, Letters | None]:
    """A text some lines of which may stand in old letters, in Unicode, and which letters those were."""
    lines = text.split("\n")
    doubtful = [line for line in lines if is_legacy(line)]
    letters = guess("\n".join(doubtful)) if doubtful else None
    if letters is None:
        return text, None
    is_mixed = bool(legacy.UNICODE_ONLY.search(text))
    return "\n".join(mended_line(line, letters, is_mixed=is_mixed) for line in lines), letters


def mended_line(line: str, letters: Letters, *, is_mixed: bool) -> str:
    """Where other lines are in Unicode, one that reads well as it stands is, too."""
    if not is_legacy(line):
        return line
    changed = legacy.decoded(line, letters)
    now, then = likeness(line), likeness(changed)
    return changed if then > now or (then == now and not is_mixed) else line
