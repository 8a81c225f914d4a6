"""Changes of the territory through their pages: drafted, seen, put into force, undone; nothing recorded is lost."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.administration import territory_list
from luytre.areas import changes, undoing
from luytre.areas.models import Area, ChangeLine, Kind, Level, Standing, TerritoryChange, valid_on
from luytre.audit.models import AuditEntry
from luytre.common import spreadsheets
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.facts import keeping
from tests.activities.factories import OutreachSessionFactory
from tests.areas.country import build, line, numbered
from tests.factories import nation, user

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
DOCUMENT = {"on": DAY.isoformat(), "legal_basis": "Nghị quyết 1/NQ-HĐND", "note": ""}


@pytest.fixture
def places(db: None) -> dict[str, Area]:
    return build()


@pytest.fixture
def drafter(places) -> User:
    return user(Role.MINISTRY_DESK, area=nation(), full_name="Người soạn")


@pytest.fixture
def approver(places) -> User:
    return user(Role.MINISTRY_DESK, area=nation(), full_name="Người duyệt")


def post(client, who: User, name: str, data: dict[str, object], **where: object):
    client.force_login(who)
    return client.post(reverse(f"administration:{name}", kwargs=where), data)


def drafted(client, who: User, kind: str, **data: object) -> TerritoryChange:
    answer = post(client, who, "change-new", {**DOCUMENT, **data}, kind=kind)
    form = answer.context and answer.context["form"]
    assert answer.status_code == 302, (form.errors, getattr(form, "parts", form).errors)
    return TerritoryChange.objects.latest("pk")


def standing(code: str) -> Area:
    return Area.objects.get(code=code, valid_to=None)


MERGER = {"places": "00001\n00002", "code": "00001", "name": "Mường Mới"}


def test_two_communes_that_both_reported_are_merged_and_nothing_is_dropped(client, places, drafter, approver):
    for code, day in (("00001-1", 3), ("00002-1", 4), ("00002", 5)):
        OutreachSessionFactory(area=places[code], held_on=date(2026, 3, day), attendance=10)
    change = drafted(client, drafter, "merge", **MERGER)
    assert post(client, approver, "change-force", {}, pk=change.pk).status_code == 302
    new = standing("00001")
    assert rollup.read(new, YEAR).figure("outreach_sessions").value == 3
    then = rollup.read(places["00002"], YEAR, territory=date(2026, 8, 31))
    assert then.figure("outreach_sessions").value == 2
    assert keeping.verify() == []
    client.force_login(approver)
    page = client.get(reverse("administration:place-history", args=["00002"])).content.decode()
    assert "Mường Mới" in page
    assert "Nghị quyết 1/NQ-HĐND" in page
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"territory_drafted", "territory_changed", "place_closed", "place_opened"} <= set(verbs)


def test_totals_are_as_before_when_the_merger_is_undone(client, places, drafter, approver):
    OutreachSessionFactory(area=places["00002-1"], held_on=date(2026, 3, 4), attendance=10)
    change = drafted(client, drafter, "merge", **MERGER)
    post(client, approver, "change-force", {}, pk=change.pk)
    assert rollup.read(standing("00001"), YEAR).figure("outreach_sessions").value == 1
    post(client, drafter, "change-undoing", {"reason": "nhầm văn bản"}, pk=change.pk)
    assert rollup.read(standing("00002"), YEAR).figure("outreach_sessions").value == 1
    assert rollup.read(standing("00001"), YEAR).figure("outreach_sessions").value == 0
    assert keeping.verify() == []


def test_a_draft_shows_what_would_move_and_moves_nothing(client, places, drafter):
    officer = user(Role.COMMUNE_OFFICER, area=places["00002"], full_name="Cán bộ Hai")
    OutreachSessionFactory(area=places["00002-1"], held_on=date(2026, 3, 4), attendance=10)
    change = drafted(client, drafter, "merge", **MERGER)
    page = client.get(reverse("administration:change", args=[change.pk]))
    moving = page.context["moving"]
    counts = {moved.label: moved.count for moved in [*moving.places(), *moving.records()]}
    assert sorted(counts.values(), reverse=True)[:4] == [2, 2, 2, 1]  # communes, residential areas, places, session
    [office] = moving.offices()
    assert (office.assignment.user, office.after) == (officer, "Mường Mới (00001)")
    assert Area.objects.filter(valid_to=None, code="00002").exists()


@pytest.mark.parametrize(
    ("kind", "data", "lines"),
    [
        ("rename", {"place": "00001", "name": "Mường Khác"}, [("00001", "Mường Khác", "", "")]),
        ("kind", {"place": "00001", "new_kind": "ward"}, [("00001", "", "ward", "")]),
        ("move", {"places": "00001", "parent": "12"}, [("00001", "", "", "12")]),
        ("abolish", {"place": "00001-1"}, [("", "", "", "")]),
        ("abolish", {"place": "00001", "into": "00002"}, [("00002", "", "", "")]),
        (
            "set_up",
            {"parent": "00001", "code": "00001-9", "name": "Bản Mới", "new_kind": "hamlet"},
            [("00001-9", "Bản Mới", "hamlet", "00001")],
        ),
    ],
)
def test_each_kind_of_change_is_drafted_from_its_form(client, places, drafter, kind, data, lines):
    change = drafted(client, drafter, kind, **data)
    assert list(change.lines.values_list("code", "name", "kind", "parent_code")) == lines


def parts(*said: dict[str, str]) -> dict[str, str]:
    data = {"part-TOTAL_FORMS": "4", "part-INITIAL_FORMS": "0"}
    for number, part in enumerate(said):
        data |= {f"part-{number}-{name}": value for name, value in part.items()}
    return data


def test_a_division_takes_shares_with_a_comma_and_the_residential_areas_of_each_part(client, places, drafter, approver):
    data = parts(
        {"code": "00001", "share": "0,6"},
        {"code": "00008", "name": "Mường Tách", "kind": "ward", "share": "0,4", "places": "00001-2"},
    )
    change = drafted(client, drafter, "split", place="00001", **data)
    post(client, approver, "change-force", {}, pk=change.pk)
    rows = Standing.objects.filter(valid_on(DAY), area=places["00001"]).order_by("-share")
    assert [(row.place.code, row.share) for row in rows] == [("00001", Decimal("0.6")), ("00008", Decimal("0.4"))]
    assert standing("00001-2").parent == standing("00008")


def test_a_refused_change_says_why_and_is_not_kept(client, places, drafter):
    answer = post(client, drafter, "change-new", {**DOCUMENT, "place": "00001", "name": "Nơi 00001"}, kind="rename")
    assert answer.status_code == 422
    assert "Nơi 00001" in str(answer.context["form"].non_field_errors())
    answer = post(client, drafter, "change-new", {**DOCUMENT, "place": "00001", **parts({"code": "1"})}, kind="split")
    assert answer.status_code == 422
    assert not TerritoryChange.objects.exists()


def test_nobody_decides_alone_through_the_pages(client, places, drafter, approver):
    change = drafted(client, drafter, "merge", **MERGER)
    post(client, drafter, "change-force", {}, pk=change.pk)
    change.refresh_from_db()
    assert change.in_force_at is None
    post(client, approver, "change-force", {}, pk=change.pk)
    post(client, approver, "change-undoing", {"reason": "nhầm văn bản"}, pk=change.pk)
    change.refresh_from_db()
    assert (change.in_force_by, change.undone_at) == (approver, None)


def test_a_draft_can_be_withdrawn(client, places, drafter, approver):
    change = drafted(client, drafter, "merge", **MERGER)
    post(client, drafter, "change-withdrawal", {}, pk=change.pk)
    post(client, approver, "change-force", {}, pk=change.pk)
    change.refresh_from_db()
    assert change.withdrawn_by == drafter
    assert change.in_force_at is None


def test_a_province_desk_reaches_neither_communes_nor_another_province(client, places, drafter):
    desk = user(Role.PROVINCE_DESK, area=places["11"])
    for place in ("00001", "00003-1"):
        answer = post(client, desk, "change-new", {**DOCUMENT, "place": place, "name": "Khác"}, kind="rename")
        assert answer.status_code == 422
    own = drafted(client, desk, "rename", place="00001-1", name="Bản Khác")
    assert own.area.path.startswith("0.11.")
    foreign = drafted(client, drafter, "rename", place="00003-1", name="Bản Khác")
    client.force_login(desk)
    assert client.get(reverse("administration:change", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("administration:change", args=[own.pk])).status_code == 200


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.COMMITTEE])
def test_other_roles_change_no_places(client, places, role):
    client.force_login(user(role, area=nation() if role == Role.AUDITOR else None))
    assert client.get(reverse("administration:changes")).status_code == 403


def test_the_lists_are_filtered_and_every_place_is_found(client, places, drafter, approver):
    change = drafted(client, drafter, "merge", **MERGER)
    client.force_login(drafter)
    url = reverse("administration:changes")
    assert list(client.get(url, {"state": "draft", "kind": "merge", "q": "00002"}).context["page"]) == [change]
    assert not list(client.get(url, {"state": "in_force"}).context["page"])
    post(client, approver, "change-force", {}, pk=change.pk)
    found = client.get(reverse("administration:official-changes"), {"q": "00002", "level": "commune"})
    assert [one.before.code for one in found.context["page"]] == ["00002"]


def test_a_form_names_what_took_over_a_place_that_ended(client, places, drafter, approver):
    change = drafted(client, drafter, "merge", **MERGER)
    post(client, approver, "change-force", {}, pk=change.pk)
    answer = post(client, drafter, "change-new", {**DOCUMENT, "place": "00002", "name": "Khác"}, kind="rename")
    [error] = answer.context["form"].errors["place"]
    assert "01/09/2026" in error
    assert "Mường Mới (00001)" in error


# a list from Excel


def sheet(*rows: list[object]) -> bytes:
    return spreadsheets.write(territory_list.headings(), rows, title="Danh sách")


def sent(client, who: User, content: bytes):
    file = io.BytesIO(content)
    file.name = "danh-sach.xlsx"
    return post(client, who, "change-list", {**DOCUMENT, "workbook": file})


def test_a_list_is_looked_at_row_by_row_and_comes_in_whole(client, settings, tmp_path, places, drafter, approver):
    settings.MEDIA_ROOT = tmp_path
    rows = [
        ["00001-1", "00001-1", "Bản Gộp", "", "", "", ""],
        ["00001-2", "00001-1", "", "", "", "", ""],
        ["00002-1", "00002-1", "", "tổ dân phố", "", "", ""],
        ["", "00003-9", "Bản Mới", "thôn", "00003", "", ""],
    ]
    answer = sent(client, drafter, sheet(*rows))
    assert answer.context["problems"] == []
    assert not TerritoryChange.objects.exists()
    answer = post(client, drafter, "change-list-draft", {**DOCUMENT, "ticket": answer.context["ticket"]})
    change = TerritoryChange.objects.get()
    assert answer.url == reverse("administration:change", args=[change.pk])
    post(client, approver, "change-force", {}, pk=change.pk)
    assert standing("00001-1").name == "Bản Gộp"
    assert standing("00002-1").kind == Kind.RESIDENTIAL_GROUP
    assert standing("00003-9").parent == places["00003"]
    assert places["00001-2"].path_on(DAY) == "0.11.00001.00001-1."


def test_a_list_with_faults_names_each_row_and_is_not_drafted(client, settings, tmp_path, places, drafter):
    settings.MEDIA_ROOT = tmp_path
    rows = [
        ["99999", "1", "", "", "", "", ""],
        ["00001-1", "00001-1", "Tên mới", "lâu đài", "", "", ""],
        ["00001-2", "00001-2", "", "", "", "2", ""],
        ["00002-1", "00002-1", "", "", "", "", ""],
        ["00002-2", "00002-2", "Tên mới", "", "", "", ""],
    ]
    answer = sent(client, drafter, sheet(*rows))
    assert [problem.row for problem in answer.context["problems"]] == [2, 3, 4, 5]
    assert not answer.context["ticket"]


def test_a_sheet_that_is_no_list_of_changes_is_refused(client, places, drafter):
    answer = sent(client, drafter, spreadsheets.write(["Họ tên", "Tuổi"], [["A", 1]], title="x"))
    assert answer.status_code == 422
    assert sent(client, drafter, b"not a workbook").status_code == 422


def test_three_thousand_rows_are_checked_in_one_go(client, places, drafter, django_assert_max_num_queries):
    parent = places["00001"]
    many = [
        Area(
            code=f"00001-x{n}",
            name=f"Bản {n}",
            parent=parent,
            level=Level.RESIDENTIAL,
            kind=Kind.HAMLET,
            valid_from=parent.valid_from,
        )
        for n in range(3000)
    ]
    for area in many:
        area.fill_derived()
    Area.objects.bulk_create(many)
    lines = numbered(*(line(area, area.code, name=f"{area.name} mới") for area in many))
    with django_assert_max_num_queries(5):
        plan = changes.check(lines, on=DAY, scope=drafter.scope("territory_change", on=timezone.localdate()))
    assert (len(plan.openings), plan.problems) == (3000, [])


def test_a_line_whose_place_is_gone_is_refused(places, drafter):
    gone = ChangeLine(number=7, before_name="Bản Cũ (00001-7)", code="00001-7", name="X", kind="hamlet")
    problems = changes.check([gone], on=DAY, scope=drafter.scope("territory_change", on=DAY)).problems
    assert problems[0].row == 7
    assert "Bản Cũ" in problems[0].words


def test_an_undoing_asks_for_a_reason(client, places, drafter, approver):
    change = drafted(client, drafter, "merge", **MERGER)
    post(client, approver, "change-force", {}, pk=change.pk)
    assert post(client, drafter, "change-undoing", {"reason": ""}, pk=change.pk).status_code == 422
    assert undoing.obstacles(change) == []


def test_every_kind_of_change_has_its_link_and_its_form(client, drafter):
    client.force_login(drafter)
    page = client.get(reverse("administration:change-choose")).content.decode()
    for kind in ("merge", "split", "move", "rename", "kind", "set_up", "abolish"):
        url = reverse("administration:change-new", args=[kind])
        assert f'href="{url}"' in page
        assert client.get(url).status_code == 200
    assert client.get(reverse("administration:change-new", args=["list"])).status_code == 404


def test_both_places_of_a_merger_bear_the_name_of_the_new_one(client, drafter):
    change = drafted(client, drafter, "merge", **MERGER)
    lines = client.get(reverse("administration:change", args=[change.pk])).context["lines"]
    assert [one.name for one in lines] == ["Mường Mới", "Mường Mới"]
