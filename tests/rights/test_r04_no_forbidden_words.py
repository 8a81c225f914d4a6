"""R4 (and R3): no column, choice, list or API speaks of religion, ethnicity, politics, health, sexuality, suspicion."""

import csv

import pytest

from tests.rights.refused import ROOT, Saying, everything_said, refused_in, refused_words, reviewed

INDICATORS = ROOT / "luytre" / "reporting" / "catalogue" / "indicators.csv"


@pytest.fixture(scope="module")
def said() -> list[Saying]:
    return everything_said()


def test_nothing_refused_is_said_but_what_was_reviewed(said):
    found = {(one.where, one.name): refused_in(one) for one in said if refused_in(one)}
    assert {key: words for key, words in found.items() if key not in reviewed()} == {}


def test_no_review_is_left_over(said):
    needed = {(one.where, one.name) for one in said if refused_in(one)}
    assert set(reviewed()) - needed == set()


def test_each_review_has_its_reason():
    assert all(len(reason) > 30 for reason in reviewed().values())


def test_the_scan_reads_something(said):
    places = {one.where for one in said}
    assert {"accounts.User", "luytre/registry/catalogue/initiatives.csv", "api"} <= places
    assert len(said) > 500


@pytest.mark.parametrize(
    "words", ["tôn giáo", "Đối tượng quản lý", "is_addict", "riskScore", "ethnic group", "người nghiện", "hivStatus"]
)
def test_the_scan_can_fail(words):
    from tests.rights.refused import spelled

    assert refused_in(Saying("here", "x", spelled(words)))


@pytest.mark.parametrize("words", ["chỉ đạo", "lãnh đạo", "bảo đảm an ninh", "đạo đức", "faithful copy", "racing"])
def test_the_scan_reads_whole_words(words):
    assert not refused_in(Saying("here", "x", words))


def test_every_subject_is_refused_in_both_languages():
    assert set(refused_words()) >= {"religion", "ethnicity", "politics", "sexuality", "health", "suspicion", "release"}


def test_bare_totals_are_not_public_have_no_target_and_come_from_no_register():
    with INDICATORS.open(encoding="utf-8") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    for (where, code), reason in reviewed().items():
        if where.endswith("indicators.csv") and reason.startswith("Tổng số"):
            assert rows[code]["public"] == "no", code
            assert rows[code]["target_allowed"] == "no", code
            assert rows[code]["derived_from"] == "manual", code
