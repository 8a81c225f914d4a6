import random

import pytest

from bench.crash import crash_often
from tests.running.house import House


@pytest.mark.slow
def test_what_was_acknowledged_is_there_after_ten_kills_of_database_and_server(a_house: House):
    a_house.move_in()
    outcome = crash_often(a_house, rounds=10, chance=random.Random(7))
    assert len(outcome.acknowledged) > 100
    assert outcome.lost == 0
