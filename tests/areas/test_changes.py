"""Changes of the territory: drafted, put into force by somebody else, and undone whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from luytre.accounts.models import Assignment
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.areas import changes, undoing
from luytre.areas.changes import OwnChange, Refused, WrongState
from luytre.areas.models import Area, Kind, Level, Scope, Standing, Succession, valid_on
from luytre.audit.models import AuditEntry
from tests.areas.country import NOW, START, WHOLE, build, draft, enact, kept, led, line, numbered, people
from tests.factories import user

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)
LATER = date(2026, 10, 1)


@pytest.fixture
def places(db: None) -> dict[str, Area]:
    return build()


def stands(area: Area, day: date = DAY) -> str:
    return area.path_on(day)


def standing(code: str, level: str = Level.COMMUNE) -> Area:
    return Area.objects.get(code=code, level=level, valid_to=None)


def problems(*lines, on: date = DAY) -> list[str]:
    return [problem.words for problem in changes.check(numbered(*lines), on=on, scope=WHOLE).problems]


def merger(places: dict[str, Area], on: date = DAY):
    return enact([line(places["00001"], "00001", name="Mường Mới"), line(places["00002"], "00001")], on=on)


def test_a_draft_moves_nothing(places):
    before = kept()
    draft([line(places["00001"], "00001", name="Mường Mới")], on=DAY, by=people()[0])
    assert kept() == before


def test_two_communes_become_one_with_all_their_residential_areas(places):
    merger(places)
    new = standing("00001")
    assert (new.name, new.valid_from) == ("Mường Mới", DAY)
    assert stands(places["00001"]) == stands(places["00002"]) == new.path == "0.11.00001."
    assert [area.code for area in new.children_on(DAY)] == ["00001-1", "00001-2", "00002-1", "00002-2"]
    assert stands(places["00002-1"]) == "0.11.00001.00002-1."
    assert stands(places["00002-1"], DAY - timedelta(days=1)) == "0.11.00002.00002-1."


def test_what_keeps_its_path_keeps_its_row(places):
    merger(places)
    assert standing("00001-1", Level.RESIDENTIAL) == places["00001-1"]
    assert standing("00002-1", Level.RESIDENTIAL) != places["00002-1"]


def test_a_commune_is_taken_in_by_one_that_stays(places):
    enact([line(places["00001"], "00002")], on=DAY)
    assert standing("00002") == places["00002"]
    assert stands(places["00001"]) == "0.11.00002."
    assert stands(places["00001-2"]) == "0.11.00002.00001-2."


def test_a_commune_is_divided_by_shares_and_its_residential_areas_by_name(places):
    whole = places["00001"]
    enact(
        [
            line(whole, "00001", share=Decimal("0.7")),
            line(whole, "00009", name="Mường Tách", kind=Kind.WARD, share=Decimal("0.3"), is_main=False),
            line(places["00001-2"], "00001-2", parent_code="00009"),
        ],
        on=DAY,
    )
    rows = Standing.objects.filter(valid_on(DAY), area=whole).order_by("path")
    assert [(row.path, row.share, row.is_estimate, row.is_main) for row in rows] == [
        ("0.11.00001.", Decimal("0.7"), True, True),
        ("0.11.00009.", Decimal("0.3"), True, False),
    ]
    assert stands(places["00001-1"]) == "0.11.00001.00001-1."
    assert stands(places["00001-2"]) == "0.11.00009.00001-2."


def test_a_commune_moves_to_another_province_with_what_lies_in_it(places):
    enact([line(places["00001"], "00001", parent_code="12")], on=DAY)
    assert stands(places["00001"]) == "0.12.00001."
    assert stands(places["00001-1"]) == "0.12.00001.00001-1."


def test_a_residential_area_moves_to_another_commune(places):
    enact([line(places["00001-1"], "00001-1", parent_code="00002")], on=DAY)
    assert stands(places["00001-1"]) == "0.11.00002.00001-1."
    assert stands(places["00001"]) == "0.11.00001."


def test_a_new_name_or_kind_leaves_everything_below_where_it_was(places):
    enact([line(places["00001"], "00001", name="Mường Khác", kind=Kind.WARD)], on=DAY)
    assert (standing("00001").name, standing("00001").kind) == ("Mường Khác", Kind.WARD)
    assert standing("00001-1", Level.RESIDENTIAL) == places["00001-1"]


def test_a_place_is_set_up_new(places):
    enact([line(None, "00001-9", name="Bản Mới", kind=Kind.HAMLET, parent_code="00001")], on=DAY)
    assert standing("00001-9", Level.RESIDENTIAL).path == "0.11.00001.00001-9."
    assert stands(standing("00001-9", Level.RESIDENTIAL), START) == "0.11.00001."


def test_what_was_recorded_for_an_abolished_place_stands_in_the_place_above(places):
    enact([line(places["00001-1"])], on=DAY)
    assert stands(places["00001-1"]) == "0.11.00001."


def test_provinces_are_merged_with_all_below(places):
    enact([line(places["11"], "11", name="Tỉnh Mới"), line(places["12"], "11")], on=DAY)
    assert stands(places["12"]) == stands(places["11"]) == "0.11."
    assert stands(places["00003-1"]) == "0.11.00003.00003-1."
    assert standing("00001") == places["00001"]


def test_a_change_of_a_coming_day_holds_from_that_day(places):
    merger(places, on=date(2027, 1, 1))
    assert stands(places["00002"], DAY) == "0.11.00002."
    assert stands(places["00002"], date(2027, 1, 1)) == "0.11.00001."


def test_offices_go_with_the_place_and_never_up_to_the_place_above(places):
    officer = user(Role.COMMUNE_OFFICER, area=places["00002"])
    head = user(Role.AREA_HEAD, area=places["00003-1"])
    merger(places)
    enact([line(places["00003-1"])], on=DAY)
    assert officer.scope(Permission.SESSION_WRITE, on=DAY).paths == ("0.11.00001.",)
    assert head.scope(Permission.SESSION_WRITE, on=DAY).paths == ()


def test_an_officer_of_a_divided_commune_has_the_main_part_only(places):
    officer = user(Role.COMMUNE_OFFICER, area=places["00001"])
    half = Decimal("0.5")
    parts = [line(places["00001"], "00001", share=half), line(places["00001"], "00002", share=half, is_main=False)]
    enact(parts, on=DAY)
    assert officer.scope(Permission.SESSION_WRITE, on=DAY).paths == ("0.11.00001.",)


# what is refused


def test_a_place_that_ends_by_another_change_is_refused_with_its_day(places):
    merger(places)
    places["00002"].refresh_from_db()
    [problem] = problems(line(places["00002"], "00002", name="Khác"))
    assert "xã Nơi 00002" in problem
    assert "01/09/2026" in problem


@pytest.mark.parametrize("on", [START, date(2014, 5, 5)])
def test_a_place_cannot_change_before_it_stood(places, on):
    assert problems(line(places["00001"], "00001", name="Khác"), on=on)


def test_a_code_in_use_is_refused(places):
    assert problems(line(None, "00002", name="Mới", kind=Kind.WARD, parent_code="11"))
    assert problems(line(places["00001"], "00002", name="Tên khác"))


def test_shares_must_add_up_and_one_part_must_be_the_main_one(places):
    whole = places["00001"]
    half = Decimal("0.5")
    assert problems(line(whole, "00001", share=half), line(whole, "00002", is_main=False))
    assert problems(line(whole, "00001"), line(whole, "00002"))
    assert not problems(line(whole, "00001"), line(whole, "00002", is_main=False))


def test_a_commune_with_residential_areas_does_not_just_end(places):
    assert len(problems(line(places["00001"]))) == 2
    assert not problems(
        line(places["00001"]), *(line(places[f"00001-{one}"], f"00001-{one}", parent_code="00002") for one in (1, 2))
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "00001"},
        {"code": "00001", "parent_code": "99"},
        {"code": "00001", "kind": Kind.HAMLET},
        {"code": "00001", "kind": Kind.TOWN},
    ],
)
def test_a_line_that_says_nothing_or_nonsense_is_refused(places, fields):
    assert problems(line(places["00001"], **fields))


def test_lines_that_contradict_each_other_are_refused(places):
    assert problems(line(places["00001"], "00001", name="Một"), line(places["00002"], "00001", name="Hai"))


def test_a_past_day_is_refused_when_something_below_was_set_up_later(places):
    enact([line(None, "00002-9", name="Bản Mới", kind=Kind.HAMLET, parent_code="00002")], on=LATER)
    assert problems(line(places["00001"], "00001", name="Mới"), line(places["00002"], "00001"))
    assert not problems(line(places["00001"], "00001", name="Mới"), line(places["00003"], "00001"))


def test_a_province_desk_changes_only_residential_areas_of_its_province(places):
    scope = Scope(("0.11.",), DAY)
    rename = [line(places["00001-1"], "00001-1", name="Bản Khác")]
    assert not changes.check(rename, on=DAY, scope=scope).problems
    for refused in (
        line(places["00001"], "00001", name="Khác"),
        line(places["00003-1"], "00003-1", name="Khác"),
        line(places["00001-1"], "00001-1", parent_code="00003"),
        line(None, "00003-9", name="Mới", kind=Kind.HAMLET, parent_code="00003"),
    ):
        assert changes.check([refused], on=DAY, scope=scope).problems


# two people


def test_nobody_puts_into_force_what_they_drafted_nor_undoes_what_they_put_into_force(places):
    drafter, approver = people()
    change = draft([line(places["00001"], "00001", name="Khác")], on=DAY, by=drafter)
    with pytest.raises(OwnChange):
        changes.put_into_force(change, by=drafter, at=NOW)
    changes.put_into_force(change, by=approver, at=NOW)
    with pytest.raises(OwnChange):
        undoing.undo(change, by=approver, at=NOW, reason="nhầm")
    undoing.undo(change, by=drafter, at=NOW, reason="nhầm")


def test_the_database_refuses_one_person_twice(places):
    drafter, approver = people()
    change = draft([line(places["00001"], "00001", name="Khác")], on=DAY, by=drafter)
    change.in_force_by, change.in_force_at = drafter, NOW
    with pytest.raises(IntegrityError, match="territory_change_two_people"), transaction.atomic():
        change.save()
    change.in_force_by, change.undone_by, change.undone_at = approver, approver, NOW
    with pytest.raises(IntegrityError, match="territory_undo_two_people"), transaction.atomic():
        change.save()


def test_what_was_decided_is_not_decided_again(places):
    drafter, approver = people()
    change = draft([line(places["00001"], "00001", name="Khác")], on=DAY, by=drafter)
    changes.withdraw(change, by=drafter, at=NOW)
    with pytest.raises(WrongState):
        changes.put_into_force(change, by=approver, at=NOW)


def test_a_draft_that_was_overtaken_is_refused(places):
    drafter, approver = people()
    change = draft([line(places["00002"], "00002", name="Khác")], on=DAY, by=drafter)
    merger(places)
    with pytest.raises(Refused, match="00002"):
        changes.put_into_force(change, by=approver, at=NOW)


def test_the_trail_has_an_entry_for_each_place(places):
    change = merger(places)
    closed = set(undoing.closed_by(change).values_list("pk", flat=True))
    opened = set(undoing.opened_by(change).values_list("pk", flat=True))
    told = AuditEntry.objects.filter(subject_type="areas.area")
    assert {int(one.subject_id) for one in told.filter(verb="place_closed")} == closed
    assert {int(one.subject_id) for one in told.filter(verb="place_opened")} == opened
    assert (len(closed), len(opened)) == (4, 3)


# undoing


def undo(change) -> None:
    undoing.undo(change, by=people()[0], at=NOW, reason="nhầm tên")


def test_an_undone_change_leaves_everything_as_it_was(places):
    before = kept(), led()
    change = merger(places)
    assert kept() != before[0]
    undo(change)
    assert (kept(), led()) == before
    assert not Succession.objects.exists()
    assert change.effects.filter(area=None).count() == 3


def test_a_change_that_others_stand_on_is_not_undone(places):
    change = merger(places)
    later = enact([line(standing("00001"), "00001", name="Lại khác")], on=LATER)
    with pytest.raises(Refused, match="01/10/2026"):
        undo(change)
    undo(later)
    undo(change)


def test_a_change_is_not_undone_when_somebody_was_named_for_the_new_place(places):
    change = merger(places)
    Assignment.objects.create(user=user(), role=Role.COMMUNE_OFFICER, area=standing("00001"), valid_from=DAY)
    before = kept()
    with pytest.raises(Refused, match=r"\(1\)"):
        undo(change)
    assert kept() == before


def test_a_change_is_not_undone_when_the_place_was_used_to_take_in_or_to_set_up(places):
    change = merger(places)
    taken_in = enact([line(places["00003"], "00001")], on=LATER)
    with pytest.raises(Refused):
        undo(change)
    undo(taken_in)
    set_up = enact([line(None, "00001-9", name="Bản", kind=Kind.HAMLET, parent_code="00001")], on=LATER)
    with pytest.raises(Refused):
        undo(change)
    undo(set_up)
    undo(change)


def test_a_change_is_not_undone_when_the_old_code_is_borne_by_another_place(places):
    change = enact([line(places["00001"], "00002")], on=DAY)
    enact([line(None, "00001", name="Xã khác", kind=Kind.RURAL_COMMUNE, parent_code="12")], on=LATER)
    with pytest.raises(Refused):
        undo(change)
