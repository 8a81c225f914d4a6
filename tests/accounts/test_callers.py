from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from luytre.accounts.callers import cut
from luytre.areas.models import Scope

CODES = st.lists(st.sampled_from(["1", "11", "2"]), max_size=3)
PATHS = CODES.map(lambda codes: "".join(f"{code}." for code in ["0", *codes]))


@given(st.lists(PATHS, max_size=3), PATHS, PATHS)
def test_what_is_cut_covers_just_what_both_cover(own, place, asked):
    scope = Scope(tuple(own), date(2026, 1, 1))
    assert cut(scope, place).covers(asked) == (scope.covers(asked) and asked.startswith(place))


@given(st.lists(PATHS, max_size=3))
def test_a_place_that_stands_nowhere_leaves_nothing(own):
    assert not cut(Scope(tuple(own), date(2026, 1, 1)), "")
