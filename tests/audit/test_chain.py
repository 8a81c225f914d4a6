"""The chain: every committed entry once, in order, with a root for each day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre import audit
from luytre.audit import chain
from luytre.audit.models import AuditEntry, ChainLink, DailyRoot
from tests.factories import user

DAY = date(2026, 3, 1)


def write(count: int) -> None:
    person = user()
    for _number in range(count):
        audit.record(person, "signed_in", by=person)


@pytest.mark.django_db
def test_each_entry_gets_one_link_in_order():
    write(5)
    assert chain.chain_committed(today=DAY) == 5
    assert chain.chain_committed(today=DAY) == 0
    assert list(ChainLink.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    assert list(chain.verify()) == []


@pytest.mark.django_db
def test_an_entry_that_comes_to_light_late_is_chained_later():
    """Its transaction stayed open while others went by: its number is lower, its link is not."""
    write(3)
    late = AuditEntry.objects.order_by("pk").first()
    rest = AuditEntry.objects.exclude(pk=late.pk)
    before = chain.START
    for sequence, entry in enumerate(rest.order_by("pk"), start=1):
        hashed = chain.joined(before, entry.digest())
        ChainLink.objects.create(sequence=sequence, entry=entry, before=before, hash=hashed, on=DAY)
        before = hashed
    assert chain.chain_committed(today=DAY) == 1
    assert late.link.sequence == 3
    assert list(chain.verify()) == []


@pytest.mark.django_db
def test_a_day_is_closed_once_and_only_when_it_is_over():
    write(2)
    chain.chain_committed(today=DAY)
    assert chain.close_days(before=DAY) == 0
    assert chain.close_days(before=date(2026, 3, 2)) == 1
    assert chain.close_days(before=date(2026, 3, 3)) == 0
    root = DailyRoot.objects.get()
    assert (root.first_sequence, root.last_sequence, root.count) == (1, 2, 2)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=40))
def test_the_root_tells_any_change_of_order_or_content(hashes):
    root = chain.merkle_root(hashes)
    assert root != chain.merkle_root([*hashes, "one more"])
    assert root != chain.merkle_root(["changed", *hashes[1:]]) or hashes[0] == "changed"
    if len(set(hashes)) > 1:
        assert chain.merkle_root(hashes[::-1]) != root or hashes == hashes[::-1]


def test_a_keyed_hash_tells_equality_and_nothing_else(settings):
    assert audit.keyed_hash("0912345678") == audit.keyed_hash("0912345678")
    before = audit.keyed_hash("0912345678")
    settings.AUDIT_KEY = "another"
    assert audit.keyed_hash("0912345678") != before
