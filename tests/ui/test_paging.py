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
        page = KeyedPaginator(rows.order_by("-pk"), 5, is_filtered=True).get_page(2)
        assert len(list(page)) == 5
        assert page.paginator.count == 12


def test_nothing_left_is_an_empty_first_page(rows) -> None:
    page = KeyedPaginator(rows.filter(pk=0), 5, is_filtered=True).get_page(1)
    assert (list(page), page.paginator.count) == ([], 0)


@pytest.fixture
def spread(db: None):
    """Two places of one name, one of another, and one with nothing."""
    first, second = factories.commune("Mường Một"), factories.commune("Mường Hai")
    places = [factories.residential(name, parent=at) for name, at in (("Bản 1", first), ("Bản 1", second))]
    places += [factories.residential("Bản 2", parent=second), factories.residential("Bản 3", parent=second)]
    for number in range(23):
        WatchGroupFactory(area=places[number % 3])
    return WatchGroup.objects.all()


@pytest.mark.parametrize("order", ["area__sort_key", "-area__sort_key"])
@pytest.mark.parametrize("is_filtered", [False, True])
def test_pages_place_by_place_are_those_of_the_whole_order(spread, order, is_filtered) -> None:
    whole = list(spread.order_by(order, "-pk"))
    pages = [KeyedPaginator(spread.order_by(order, "-pk"), 4, is_filtered=is_filtered).get_page(n) for n in range(1, 7)]
    assert [row for page in pages for row in page] == whole
    assert {page.paginator.count for page in pages} == {23}
    assert list(KeyedPaginator(spread.order_by(order, "-pk"), 4).get_page(99)) == whole[20:]


def test_a_page_of_a_list_by_place_is_three_questions_however_deep(spread, django_assert_num_queries) -> None:
    for number in (1, 5):
        with django_assert_num_queries(3):
            page = KeyedPaginator(spread.order_by("area__sort_key", "-pk"), 4).get_page(number)
            assert (len(list(page)), page.paginator.count) == (4, 23)
