"""Vietnamese text: search without tone marks and dictionary order, the same on every server."""

import re
import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
RANK = {letter: chr(0x3F + place) for place, letter in enumerate(LETTERS)} | {str(i): chr(0x32 + i) for i in range(10)}
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """NFC with single spaces: what is stored, however it was typed."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Lower case without any mark: "Mường Phăng" and "muong phang" are one to a search."""
    lowered = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return SPACES.sub(" ", "".join(c for c in lowered if not unicodedata.combining(c))).strip()


def sort_key(text: str) -> str:
    """Dictionary order as an ASCII string: letters first, then tones, then case (as ICU's vi_VN)."""
    letters, tones, cases = [], [], []
    for character in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", character)
        tone = next((TONES[part] for part in parts if part in TONES), "0")
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        rank = RANK.get(base.lower(), " " if character.isspace() else "!")
        letters.append(rank)
        tones.append(tone)
        cases.append("1" if base != base.lower() else "0")
    # the numbers of "Tổ 2" and "Tổ 10" sort by size: each run of digits carries its length first
    spelled = re.sub(r"[2-;]+", lambda run: chr(0x32 + min(len(run[0]), 9)) + run[0], "".join(letters))
    return f"{spelled}\x01{''.join(tones)}\x01{''.join(cases)}"
