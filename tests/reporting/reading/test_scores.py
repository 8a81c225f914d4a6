"""How much of what reports say is found, on the samples the patterns were written with and on those they were not."""

import pytest

from luytre.reporting.reading.proposing import catalogue
from tests.reporting.reading.marked import samples, score

# Measured shares, a little below: (figures found, of the proposed right, both with the right indicator).
LEAST = {"tuned": (0.88, 0.93, 0.79, 0.83), "held": (0.90, 0.91, 0.79, 0.80)}


@pytest.mark.parametrize("folder", LEAST)
def test_figures_are_found_with_their_indicators(folder: str) -> None:
    found = score(samples(folder))
    print(folder, found)
    value, right, indicator, indicator_right = LEAST[folder]
    assert found.share("value", "figures") >= value
    assert found.share("value", "proposed") >= right
    assert found.share("indicator", "figures") >= indicator
    assert found.share("indicator", "proposed") >= indicator_right


@pytest.mark.parametrize("folder", LEAST)
def test_marks_name_what_the_catalogue_has_and_stand_in_their_text(folder: str) -> None:
    for each in samples(folder):
        for one in each.marked:
            assert set(one.codes) <= set(catalogue()), each.name
            assert each.text[one.start : one.end].strip() == each.text[one.start : one.end] != "", each.name
