"""Types, sites and groups are three counts, never mixed: a type in ten communes counts once for the province."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.common.periods import Window
from luytre.registry.models import Initiative, Site
from luytre.reporting import rollup
from tests.factories import commune, nation, province
from tests.registry.factories import InitiativeFactory, SiteFactory

pytestmark = pytest.mark.django_db
YEAR = Window(date(2026, 1, 1), date(2026, 12, 14))


def test_a_type_in_ten_communes_counts_once_for_the_province():
    kind = InitiativeFactory()
    for _ in range(10):
        SiteFactory(initiative=kind, area=commune(), group_count=2, member_count=7)
    reading = rollup.read(province(), YEAR)
    told = {
        code: reading.figure(code).value for code in ("model_types", "model_sites", "model_groups", "model_members")
    }
    assert told == {"model_types": 1, "model_sites": 10, "model_groups": 20, "model_members": 70}
    assert sum(part.value or 0 for part in reading.parts(reading.figure("model_types"))) == 10


SITES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 3), st.integers(0, 20)), max_size=14)


class AnyCountry(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(SITES)
    def test_types_are_a_union_and_the_rest_adds(self, rows: list[tuple[int, int, int, int]]) -> None:
        """Each row: commune (two in each of two provinces), type, groups, members."""
        provinces = [province("11"), province("12", "Lai Châu")]
        communes = [commune(parent=provinces[place // 2]) for place in range(4)]
        types = [InitiativeFactory(name=f"Mô hình {number} {Initiative.objects.count()}") for number in range(5)]
        for place, kind, groups, members in rows:
            SiteFactory(
                initiative=types[kind], area=communes[place], group_count=groups, member_count=members, women_count=0
            )
        for area, mine in [
            (nation(), rows),
            *((one, [row for row in rows if row[0] // 2 == at]) for at, one in enumerate(provinces)),
            *((one, [row for row in rows if row[0] == at]) for at, one in enumerate(communes)),
        ]:
            reading = rollup.read(area, YEAR)
            told = {code: reading.figure(code).value for code in CODES}
            assert told == {
                "model_types": len({row[1] for row in mine}),
                "self_management_models": len({row[1] for row in mine}),
                "model_sites": len(mine),
                "model_groups": sum(row[2] for row in mine),
                "model_members": sum(row[3] for row in mine),
            }
        assert Counter(row[1] for row in rows).total() == Site.objects.count()


CODES = ("model_types", "self_management_models", "model_sites", "model_groups", "model_members")
