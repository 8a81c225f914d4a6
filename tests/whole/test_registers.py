"""What is true of every register, by walking the declarations."""

from typing import Any

import pytest
from django.db import connection
from django.forms import ModelChoiceField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.api.models import Token
from luytre.areas.models import Area, Level
from luytre.audit.models import AuditEntry
from luytre.ui.registers import REGISTERS, Register
from tests.factories import commune, user
from tests.whole.made import Walk
from tests.whole.registers import KNOWN as TOLD

pytestmark = pytest.mark.django_db
KNOWN = Walk(TOLD)  # what nobody has told of is made by its own form
exported = [register for register in REGISTERS.values() if not register.names_people]
every_exported_register = pytest.mark.parametrize("register", exported, ids=lambda register: register.name)
every_register = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def elsewhere() -> Area:
    return commune("Mường Kia")


@pytest.fixture
def officer(client: Client, here: Area) -> Client:
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    return client


def test_this_walk_knows_of_no_register_that_is_gone() -> None:
    assert set(TOLD) <= set(REGISTERS)


@every_register
def test_every_page_of_a_register_opens_and_has_its_figures(
    officer: Client, register: Register, here: Area, elsewhere: Area
) -> None:
    KNOWN[register.name].make(area=here)
    KNOWN[register.name].make(area=elsewhere)
    for page in ("list", "counts", "imports", "merges", *([] if register.names_people else ["print"])):
        assert officer.get(register.url(page)).status_code == 200, page
    assert officer.get(register.url("counts")).context["total"] == "1"


@every_exported_register
def test_a_program_reads_it_in_its_own_area_only(register: Register, here: Area, elsewhere: Area) -> None:
    mine, _theirs = KNOWN[register.name].make(area=here), KNOWN[register.name].make(area=elsewhere)
    secret = Token(name="kho").issue(by=user(Role.COMMUNE_OFFICER, area=here), at=timezone.now())
    caller = Client(headers={"Authorization": f"Bearer {secret}"})
    said = caller.get(f"/api/v1/registers/{register.name}").json()
    assert [one["id"] for one in said["records"]] == [mine.pk]


@every_register
def test_strangers_are_sent_to_sign_in(client: Client, register: Register) -> None:
    for page in ("list", "add", "import", *([] if register.names_people else ["export"])):
        assert client.get(register.url(page)).status_code == 302


@every_register
def test_a_record_of_another_area_is_not_there(
    officer: Client, register: Register, here: Area, elsewhere: Area
) -> None:
    mine, theirs = KNOWN[register.name].make(area=here), KNOWN[register.name].make(area=elsewhere)
    assert officer.get(register.url("record", pk=mine.pk)).status_code == 200
    assert officer.get(register.url("edit", pk=mine.pk)).status_code == 200
    assert officer.get(register.url("record", pk=theirs.pk)).status_code == 404
    assert officer.get(register.url("edit", pk=theirs.pk)).status_code == 404
    assert officer.post(register.url("edit", pk=theirs.pk)).status_code == 404
    assert officer.post(register.url("remove", pk=theirs.pk), {"reason": "ghi nhầm"}).status_code == 404
    assert officer.post(register.url("restore", pk=theirs.pk)).status_code == 404


@every_register
def test_lists_searches_and_exports_do_not_show_it(
    officer: Client, register: Register, here: Area, elsewhere: Area
) -> None:
    theirs = KNOWN[register.name].make(area=elsewhere)
    for address in ("", "?q=muong+kia", f"?area={elsewhere.code}"):
        answer = officer.get(register.url() + address)
        assert register.url("record", pk=theirs.pk) not in answer.content.decode()
        assert answer.context["listing"].page.paginator.count == 0


@every_exported_register
def test_no_export_has_it(officer: Client, register: Register, elsewhere: Area) -> None:
    KNOWN[register.name].make(area=elsewhere)
    assert elsewhere.code.encode() not in officer.get(register.url("export")).content


@every_register
def test_nothing_can_be_posted_into_another_area(officer: Client, register: Register, elsewhere: Area) -> None:
    answer = officer.post(register.url("add"), KNOWN[register.name].answers(elsewhere))
    assert answer.status_code == 422
    assert not register.model._default_manager.exists()


@every_register
def test_no_choice_of_a_form_lies_outside_the_scope(
    officer: Client, register: Register, here: Area, elsewhere: Area
) -> None:
    for known in KNOWN.values():
        known.make(area=elsewhere)
    form = officer.get(register.url("add")).context["form"]
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField) and name not in form.anywhere:
            assert not outside(field.queryset, elsewhere), name


def outside(rows: Any, elsewhere: Area) -> list[Any]:
    if rows.model is Area:
        return [area for area in rows if area.path.startswith(elsewhere.path)]
    return [row for row in rows if getattr(row, "area", None) == elsewhere]


@every_register
def test_a_record_is_added_corrected_taken_out_and_put_back(officer: Client, register: Register, here: Area) -> None:
    answers = KNOWN[register.name].answers(here)
    assert officer.post(register.url("add"), answers).status_code == 302
    record = register.model._default_manager.get()
    assert officer.post(register.url("edit", pk=record.pk), answers).status_code == 302
    assert officer.post(register.url("remove", pk=record.pk), {"reason": ""}).status_code == 422
    officer.post(register.url("remove", pk=record.pk), {"reason": "ghi nhầm hai lần"})
    assert not register.model._default_manager.kept().exists()
    officer.post(register.url("restore", pk=record.pk))
    assert register.model._default_manager.kept().exists()
    verbs = AuditEntry.objects.filter(subject_type=record._meta.label_lower).order_by("pk").values_list("verb")
    assert [verb for (verb,) in verbs if verb not in ("corrected", "viewed")] == ["added", "removed", "restored"]


@every_register
def test_the_same_form_sent_twice_is_recorded_once(officer: Client, register: Register, here: Area) -> None:
    form = officer.get(register.url("add")).context
    answers = {**KNOWN[register.name].answers(here), "uid": str(form["uid"])}
    first, second = officer.post(register.url("add"), answers), officer.post(register.url("add"), answers)
    assert first["Location"] == second["Location"]
    assert register.model._default_manager.count() == 1


@every_register
def test_the_list_asks_as_often_for_many_rows_as_for_few(officer: Client, register: Register, here: Area) -> None:
    KNOWN[register.name].make(area=here)
    officer.get(register.url())
    with CaptureQueriesContext(
        connection,
    ) as few:
        officer.get(register.url())
    for _ in range(8):
        KNOWN[register.name].make(area=here)
    with CaptureQueriesContext(connection) as many:
        officer.get(register.url())
    assert len(many) == len(few)


@every_register
def test_search_needs_no_tone_marks(officer: Client, register: Register, here: Area) -> None:
    KNOWN[register.name].make(area=here)
    assert officer.get(register.url() + "?q=MUONG+day").context["listing"].page.paginator.count == 1
    assert officer.get(register.url() + "?q=khong+co+dau").context["listing"].page.paginator.count == 0


@every_exported_register
def test_an_exported_sheet_can_be_imported_again(officer: Client, register: Register, here: Area) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    KNOWN[register.name].make(area=here)
    content = officer.get(register.url("export")).content
    report = officer.post(register.url("import"), {"workbook": SimpleUploadedFile("a.xlsx", content)})
    outcome = report.context["outcome"]
    assert outcome.missing == []
    assert [fault.mend for fault in outcome.faults] == []
    assert len(outcome.good) == 1


def test_an_old_communes_records_are_in_reach_of_its_successor(officer: Client, here: Area) -> None:
    """Territory moves; the record stays where it was reported and is still found."""
    from datetime import date

    from luytre.areas import standings
    from luytre.areas.models import Kind, Succession
    from tests.activities.factories import OutreachSessionFactory
    from tests.factories import AreaFactory

    before = AreaFactory(
        code="03001",
        level=Level.COMMUNE,
        kind=Kind.RURAL_COMMUNE,
        valid_from=date(2015, 1, 1),
        valid_to=date(2025, 7, 1),
    )
    Succession.objects.create(before=before, after=here, on=date(2025, 7, 1))
    standings.rebuild()
    session = OutreachSessionFactory(area=before, held_on=date(2022, 5, 1))
    assert officer.get(f"/activities/outreach-sessions/{session.pk}/").status_code == 200
