from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from django.db import IntegrityError, transaction

from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.reporting import public, publishing
from luytre.reporting.models import OwnRelease, Release, ReleasedFigure
from luytre.reporting.publishing import NothingToRelease
from tests.factories import UserFactory
from tests.reporting.test_suppression import solvable

NOW = datetime(2026, 2, 1, tzinfo=UTC)
COUNTS = {"n1": 3, "n2": 20, "n3": 41, "s1": 2, "n11": 6}
CODES = ["outreach_sessions", "outreach_attendances", "model_sites_effective"]


@pytest.fixture
def sessions(places, clerk):
    OutreachSession.objects.bulk_create(
        OutreachSession(area=places[key], held_on=date(2025, 12, 20), place="Sân", attendance=30)
        for key, count in COUNTS.items()
        for _ in range(count)
    )


@pytest.fixture
def release(places, sessions):
    asker, other = UserFactory(), UserFactory()

    def write(key: str, codes: list[str] | None = None, approved: bool = True) -> Release:
        made = Release(
            area=places[key],
            first_day=date(2025, 12, 15),
            last_day=date(2026, 1, 14),
            period_name="2026-01",
            codes=codes or CODES,
            reason="Số liệu tháng",
        ).ask(by=asker)
        if approved:
            publishing.publish(made, by=other, at=NOW, reason="Đã kiểm tra")
        return made

    return write


def cell(release: Release, area: Area, code: str = "outreach_sessions", own: bool = False) -> ReleasedFigure:
    return release.figures.get(area=area, code=code, is_own=own)


def test_nobody_approves_what_they_asked_for(release):
    made = release("n11", approved=False)
    with pytest.raises(OwnRelease):
        publishing.publish(made, by=made.asked_by, at=NOW, reason="tự duyệt")
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=made.pk).update(decided_by=made.asked_by, decided_at=NOW, is_approved=True)


def test_nothing_is_public_before_somebody_else_has_approved(release, places):
    release("n11", approved=False)
    assert public.tables("11") == []
    assert not ReleasedFigure.objects.exists()


def test_small_numbers_and_what_gives_them_away_are_left_out(release, places):
    made = release("n11")
    assert cell(made, places["n11"]).value == 72
    assert cell(made, places["n2"]).value == 20
    assert cell(made, places["n3"]).value == 41
    assert cell(made, places["n1"]).value == 5  # with what its residential areas recorded
    assert cell(made, places["n11"], own=True).value == 6


def test_a_hidden_cell_keeps_no_number(release, places, clerk):
    OutreachSession.objects.filter(area=places["s1"]).delete()
    made = release("n11")
    hidden = made.figures.filter(code="outreach_sessions", is_hidden=True)
    assert {(one.area.code, one.is_own) for one in hidden} == {("00001", False), ("11", True)}
    assert set(hidden.values_list("value", flat=True)) == {None}


def test_tables_are_no_finer_than_the_commune(release, places):
    made = release("n1")
    assert {figure.area for figure in made.figures.all()} == {places["n1"]}


def test_what_is_not_public_is_never_released(release, places):
    made = release("n11", ["outreach_individual_sessions", "outreach_sessions"])
    assert set(made.figures.values_list("code", flat=True)) == {"outreach_sessions"}
    with pytest.raises(NothingToRelease):
        release("n11", ["outreach_individual_sessions"])
    with pytest.raises(NothingToRelease):
        release("s1")


ORDERS = [("n1", "n2", "n3", "n11", "nation"), ("nation", "n11", "n3", "n1", "n2"), ("n3", "n2", "nation", "n11", "n1")]


@pytest.mark.parametrize("order", ORDERS)
def test_no_pair_of_published_tables_gives_a_small_count_away(release, places, order, clerk):
    """The attack of rights rule R14: everything published for the same days is combined, in every order of release."""
    OutreachSession.objects.filter(area=places["s1"]).delete()
    made = [release(key) for key in order]
    table = publishing.Table(places["n11"], made[0].window, CODES)
    for code in CODES:
        equations = list(table.equations([code])) if code != "model_sites_effective" else []
        truth = {key: found.value for key, found in table.around(code)}
        for chosen in [*combinations(made, 2), tuple(made)]:
            shown = shown_in(chosen, code)
            assert all(value >= 5 for value in shown.values())
            for key, value in solvable(equations, shown).items():
                assert value >= 5, (order, code, key)
                assert value == truth[key]


def shown_in(releases, code):
    figures = ReleasedFigure.objects.filter(release__in=releases, code=code, is_hidden=False).select_related("area")
    return {(one.area.path, one.is_own, one.code): int(one.value) for one in figures}


def test_the_public_reads_plain_values(release, places):
    release("n11")
    table = public.tables("11")[0]
    assert table.columns[0].code == "outreach_sessions"
    assert table.whole.cells[0].value == "72"
    assert [row.name for row in table.rows][0].endswith("N1")
    found = public.figure(area="11", indicator="outreach_sessions", window=table.window)
    assert found is not None
    assert found["value"] == 72
    assert [place.code for place in public.places()] == ["11"]


def test_a_second_release_does_not_open_what_the_first_kept_hidden(release, places, clerk):
    OutreachSession.objects.filter(area=places["s1"]).delete()
    release("n11")
    OutreachSession.objects.bulk_create(
        OutreachSession(area=places["n1"], held_on=date(2026, 1, 2), place="Sân", attendance=30) for _ in range(9)
    )
    assert cell(release("n11"), places["n1"]).is_hidden
