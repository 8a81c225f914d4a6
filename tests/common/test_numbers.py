"""An approximate part makes an approximate total, and numbers are written the Vietnamese way."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luytre.common.numbers import Qualifier, Quantity, combined, format_number


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "nearly"], "nearly"),
        (["nearly", "nearly"], "nearly"),
        (["nearly", "more_than"], "about"),
        (["about", "exact"], "about"),
        ([], "exact"),
    ],
)
def test_qualifiers_combine(parts: list[str], whole: str) -> None:
    assert combined(parts) == whole


@given(st.lists(st.sampled_from(Qualifier), max_size=5), st.lists(st.sampled_from(Qualifier), max_size=5))
def test_an_approximate_part_never_looks_exact(some: list[Qualifier], others: list[Qualifier]) -> None:
    both = combined([*some, *others])
    assert (both == Qualifier.EXACT) == all(one == Qualifier.EXACT for one in [*some, *others])
    assert combined([*others, *some]) == both


@pytest.mark.parametrize(
    ("value", "qualifier", "written"),
    [
        (2135, "exact", "2.135"),
        (1600, "nearly", "gần 1.600"),
        (2200, "more_than", "hơn 2.200"),
        (80, "about", "khoảng 80"),
        (Decimal("98.5"), "exact", "98,5"),
        (None, "exact", "–"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value: Decimal | int | None, qualifier: str, written: str) -> None:
    with translation.override("vi"):
        assert format_number(value, qualifier) == written


def test_quantities_add() -> None:
    assert Quantity(1000) + Quantity(600, Qualifier.NEARLY) == Quantity(1600, Qualifier.NEARLY)
