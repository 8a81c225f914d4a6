"""Chance that falls the same way every time, worked out inside the database."""

from random import Random


def hashed(key: str, seed: int, purpose: str = "") -> str:
    """SQL: a number of 31 bits that follows from a text, the seed and the purpose alone."""
    return f"(hashtextextended({key}, {int(seed)} + hashtext('{purpose}')) & 2147483647)"


def part(chance: str, code: str, seed: int, below: int) -> str:
    """SQL: a number from nought to `below` - 1, another one for each code though the chance is the same."""
    factor = Random(f"{seed} {code}").randrange(1 << 30, 1 << 31) | 1  # noqa: S311
    return f"((({chance} * {factor} >> 20) & 4095) * {below} >> 12)"


def size(code: str, seed: int, *, middle: float, most: int) -> int:
    """How large the numbers of a code get: many codes about the middle, a few far above."""
    return max(2, min(most, round(Random(f"size {seed} {code}").lognormvariate(0, 0.9) * middle)))  # noqa: S311
