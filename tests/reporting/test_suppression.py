"""No small count comes out of published tables, by whatever sums are combined."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luytre.reporting.suppression import Equation, Publication

cells = st.lists(st.integers(0, 30), min_size=1, max_size=6)


def solvable(equations, shown):
    """An attacker's own elimination, written apart from the code under test: a dense matrix over what is not shown."""
    unknown = sorted({key for one in equations for key in one.cells if key not in shown})
    rows = []
    for one in equations:
        row = [Fraction(0)] * (len(unknown) + 1)
        for key, sign in [(one.total, -1), *((part, 1) for part in one.parts)]:
            if key in shown:
                row[-1] -= sign * shown[key]
            else:
                row[unknown.index(key)] += sign
        rows.append(row)
    lead = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(lead, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[lead], rows[pivot] = rows[pivot], rows[lead]
        rows[lead] = [cell / rows[lead][column] for cell in rows[lead]]
        for r in range(len(rows)):
            if r != lead and rows[r][column]:
                rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[lead], strict=True)]
        lead += 1
    found = {}
    for row in rows:
        named = [i for i, factor in enumerate(row[:-1]) if factor]
        if len(named) == 1:
            found[unknown[named[0]]] = row[-1] / row[named[0]]
    return found


@given(st.lists(cells, min_size=1, max_size=5))
def test_neither_table_nor_both_together_give_a_small_count_away(provinces):
    """A nation's table and those of its provinces, published one after the other."""
    values = {("n",): sum(map(sum, provinces))}
    equations = [Equation(("n",), tuple(("n", p) for p in range(len(provinces))))]
    for p, communes in enumerate(provinces):
        values[("n", p)] = sum(communes)
        values |= {("n", p, c): value for c, value in enumerate(communes)}
        equations.append(Equation(("n", p), tuple(("n", p, c) for c in range(len(communes)))))
    shown, secret = {}, set()
    for table in [*reversed(equations[1:]), equations[0]]:
        new = set(table.cells) - set(shown)
        hidden = Publication(values, equations, new, set(shown), set(secret)).hidden()
        shown |= {key: values[key] for key in new - hidden}
        secret |= hidden
        worked_out = solvable(equations, shown)
        assert all(worked_out[key] >= 5 and key not in secret for key in worked_out)
        assert all(value >= 5 for value in shown.values())
        for one in equations:
            rest = [key for key in one.parts if key not in shown]
            assert one.total not in shown or not rest or sum(values[key] for key in rest) >= 5


def test_a_single_small_part_takes_the_smallest_other_part_with_it():
    values = {"all": 63, "a": 3, "b": 20, "c": 40}
    found = Publication(values, [Equation("all", ("a", "b", "c"))], set(values), set(), set()).hidden()
    assert found == {"a", "b"}


def test_the_total_goes_when_nothing_else_can():
    values = {"all": 23, "a": 3, "b": 20}
    found = Publication(values, [Equation("all", ("a", "b"))], {"all", "a"}, {"b"}, set()).hidden()
    assert found == {"a", "all"}


def test_hidden_parts_that_are_small_together_take_a_third():
    values = {"all": 43, "a": 1, "b": 2, "c": 40}
    found = Publication(values, [Equation("all", ("a", "b", "c"))], set(values), set(), set()).hidden()
    assert found == {"a", "b", "c"}


def test_large_counts_are_all_shown():
    values = {"all": 60, "a": 20, "b": 40}
    assert not Publication(values, [Equation("all", ("a", "b"))], set(values), set(), set()).hidden()
