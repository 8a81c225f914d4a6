from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luytre.areas.models import Scope
from luytre.reporting.exploring import asking
from luytre.reporting.questions import OutOfSight, Unclear
from tests.reporting.exploring.conftest import NATION, TODAY

pytestmark = [pytest.mark.django_db]
COMMUNE = Scope(("0.11.00001.",), TODAY)

PERIODS = st.one_of(
    st.fixed_dictionaries(
        {"period": st.lists(st.sampled_from(["2026-01", "2025-Q4", "2025", "2025-H2c"]), min_size=1)}
    ),
    st.fixed_dictionaries({"step": st.sampled_from(["month", "quarter", "half", "year"]), "count": st.integers(1, 24)}),
    st.just({"from": "2026-01-01", "to": "2026-02-05"}),
)
ADDRESSES = st.fixed_dictionaries(
    {
        "indicator": st.lists(st.sampled_from(["outreach_sessions", "model_types", "model_sites"]), min_size=1),
        "area": st.lists(st.sampled_from(["0", "11", "00001", "00001-01"]), min_size=1),
        "below": st.sampled_from(asking.BELOW),
        "kind": st.sampled_from(["", "ward", "nonsense"]),
        "shape": st.sampled_from(asking.SHAPES),
        "change": st.sampled_from(["", "1"]),
        "calendar": st.sampled_from(["", "civil"]),
        "territory": st.sampled_from(["", "2026-03-31"]),
    }
)


def typed(**asked) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        query.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return query


@given(address=ADDRESSES, days=PERIODS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_address_asks_the_same_again(places, address, days):
    """What is kept and shared is what was seen."""
    first = asking.ask(typed(**address, **days), scope=NATION, today=TODAY)
    again = asking.ask(QueryDict(first.query()), scope=NATION, today=TODAY)
    assert again == first
    assert again.query() == first.query()


def test_somebody_who_asks_nothing_sees_what_lies_below_their_place(places):
    asked = asking.ask(typed(), scope=COMMUNE, today=TODAY)
    assert [place.code for place in asked.places] == ["00001"]
    assert (asked.below, len(asked.periods.windows)) == ("children", 6)


def test_a_place_outside_the_reader_s_scope_is_not_there(places):
    with pytest.raises(OutOfSight):
        asking.ask(typed(area="00004"), scope=COMMUNE, today=TODAY)


def test_a_period_that_runs_is_read_until_today(places):
    asked = asking.ask(typed(period="2026"), scope=NATION, today=TODAY)
    assert asked.periods.windows[0].last_day == TODAY
    assert asking.ask(QueryDict(asked.query()), scope=NATION, today=date(2026, 6, 1)).territory == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ({"period": "2026-13"}, "period"),
        ({"from": "2026-01-01"}, "to"),
        ({"count": "0"}, "count"),
        ({"count": "many"}, "count"),
        ({"count": "9" * 400}, "count"),
        ({"indicator": "no_such"}, "indicator"),
        ({"area": ["0"], "territory": "tomorrow"}, "territory"),
        ({"period": [f"{year}-0{month}" for year in range(1990, 2020) for month in range(1, 10)]}, "period"),
    ],
)
def test_an_unclear_question_says_what_to_mend(places, address, field):
    with pytest.raises(Unclear) as problem:
        asking.ask(typed(**address), scope=NATION, today=TODAY)
    assert problem.value.field == field


def test_periods_that_follow_on_each_other_are_also_one(places):
    follow = asking.ask(typed(period=["2026-01", "2026-02"]), scope=NATION, today=TODAY).periods.joined
    assert follow is not None
    assert (follow.first_day, follow.last_day) == (date(2025, 12, 15), date(2026, 2, 14))
    assert asking.ask(typed(period=["2026-02", "2026-01"]), scope=NATION, today=TODAY).periods.joined is None
    assert asking.ask(typed(period=["2025", "2025-Q4"]), scope=NATION, today=TODAY).periods.joined is None
