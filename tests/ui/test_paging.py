"""Pages of long lists: in order, counted once, the same however they are found."""

import pytest

from luytre.registry.models import WatchGroup
from luytre.ui.kit.paging import KeyedPaginator
from tests import factories
from tests.registry.factories import WatchGroupFactory


@pytest.fixture
def rows(db: None):
    area = factories.residential()
    WatchGroupFactory.create_batch(12, area=area)
    return WatchGroup.objects.order_by("area__sort_key", "-pk")


@pytest.mark.parametrize("number", ["1", "2", "3", "", "0", "-1", "x", "99", None])
def test_a_filtered_list_has_the_same_pages_as_any_other(rows, number, django_assert_max_num_queries) -> None:
    usual = KeyedPaginator(rows, 5).get_page(number)
    with django_assert_max_num_queries(4):
        together = KeyedPaginator(rows, 5, is_filtered=True).get_page(number)
        found = list(together)
    assert found == list(usual)
    assert (together.number, together.paginator.count) == (usual.number, 12)
    assert together.paginator.num_pages == 3


def test_a_filtered_page_is_found_and_counted_by_two_questions(rows, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        page = KeyedPaginator(rows, 5, is_filtered=True).get_page(2)
        assert len(list(page)) == 5
        assert page.paginator.count == 12


def test_nothing_left_is_an_empty_first_page(rows) -> None:
    page = KeyedPaginator(rows.filter(pk=0), 5, is_filtered=True).get_page(1)
    assert (list(page), page.paginator.count) == ([], 0)
