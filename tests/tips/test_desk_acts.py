"""Acts from the page: what is lawful now is shown, what is refused is said, what passes on carries its key."""

import base64
from typing import Any

import pytest
from django.test import Client

from luytre.accounts.roles import Role
from luytre.tips import complaints, intake
from luytre.tips.models import Channel, DeskKind, State, Tip, Verb
from tests import factories
from tests.tips.conftest import WORDS, House, framed


@pytest.fixture
def tip(house: House) -> Tip:
    return intake.accept(framed(house.tip("Mất xe máy", matter="theft")), channel=Channel.PLAIN).tip


@pytest.fixture
def officer(house: House, client: Client) -> Client:
    client.force_login(house.people[0])
    return client


def do(officer: Client, tip: Tip, name: str, **said: Any) -> Any:
    return officer.post(
        f"/tips/work/tip/{tip.pk}/acts/{name}/", {f"{name}-{key}": value for key, value in said.items()}
    )


def classified(officer: Client, tip: Tip, classed: str = "crime") -> None:
    assert do(officer, tip, "classify", classed=classed, matter="theft", urgency="usual").status_code == 302


def shown(officer: Client, tip: Tip) -> set[str]:
    return {one["act"].name for one in officer.get(f"/tips/work/tip/{tip.pk}/").context["asked"]}


def test_only_what_is_lawful_now_is_shown(officer: Client, tip: Tip) -> None:
    assert shown(officer, tip) == {"classify", "transfer", "join"}
    classified(officer, tip)
    assert shown(officer, tip) == {"classify", "transfer", "join", "acknowledge", "check", "extend", "report"}


def test_a_tip_goes_its_way_by_the_forms(officer: Client, tip: Tip) -> None:
    classified(officer, tip)
    for name in ("acknowledge", "check"):
        assert do(officer, tip, name).status_code == 302, name
    told = {
        "outcome": "administrative",
        "is_valuable": "on",
        "case_count": 0,
        "administrative_count": 1,
        "person_count": 1,
    }
    assert do(officer, tip, "conclude", **told).status_code == 302
    assert do(officer, tip, "notify").status_code == 302
    assert do(officer, tip, "close").status_code == 302
    tip.refresh_from_db()
    assert tip.state == State.CLOSED
    assert list(tip.steps.values_list("verb", flat=True)) == [
        Verb.RECEIVED, Verb.CLASSIFIED, Verb.ACKNOWLEDGED, Verb.CHECKING, Verb.CONCLUDED, Verb.NOTIFIED, Verb.CLOSED
    ]  # fmt: skip


def test_what_is_not_lawful_is_said_at_its_form(officer: Client, tip: Tip) -> None:
    answer = do(officer, tip, "check")
    assert answer.status_code == 422
    assert Tip.objects.get().state == State.RECEIVED
    classified(officer, tip)
    do(officer, tip, "check")
    told = {"outcome": "prosecuted", "case_count": 1, "administrative_count": 0, "person_count": 0}
    answer = do(officer, tip, "conclude", **told)  # commune police do not open cases
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


@pytest.fixture
def above(house: House) -> Any:
    province = house.desk.desk.area.parent
    officer = factories.user(Role.DUTY_OFFICER, area=province)
    other = factories.user(Role.DUTY_OFFICER, area=province)
    return house.founding.open_desk(
        province,
        province="11",
        kind=DeskKind.PROVINCE,
        officers=[officer, other],
        custodians=house.people,
        words=WORDS,
        name="Công an tỉnh Thử",
    )


def test_what_is_passed_on_leaves_the_desk_and_is_read_by_the_next(
    officer: Client, house: House, tip: Tip, above: Any
) -> None:
    sealed = bytes(tip.wrappings.exclude(epoch=None).get().sealed)
    keys = house.sealer.ask("open", file=sealed, identity=house.desk.epoch_identity)
    wrapping = house.sealer.ask("seal", bytes=keys, recipients=[above.desk.epoch.recipient])
    said = {
        "to_desk": str(above.desk.pk),
        "basis": "TTLT 01/2017 8(5)b",
        "wrapping": base64.b64encode(wrapping).decode(),
    }
    assert do(officer, tip, "transfer", **said).url == f"/tips/work/{house.desk.desk.pk}/"
    assert officer.get(f"/tips/work/tip/{tip.pk}/").status_code == 404
    officer.force_login(above.officers[0].key.user)
    assert officer.get(f"/tips/work/tip/{tip.pk}/").status_code == 200
    [kept] = tip.wrappings.exclude(epoch=None)
    opened = house.sealer.ask("open", file=bytes(kept.sealed), identity=above.epoch_identity)
    assert opened == keys


def test_a_desk_that_keeps_its_key_reads_on_and_does_nothing_more(
    officer: Client, house: House, tip: Tip, above: Any
) -> None:
    sealed = bytes(tip.wrappings.exclude(epoch=None).get().sealed)
    keys = house.sealer.ask("open", file=sealed, identity=house.desk.epoch_identity)
    wrapping = house.sealer.ask("seal", bytes=keys, recipients=[above.desk.epoch.recipient])
    said = {"to_desk": str(above.desk.pk), "basis": "TTLT 01/2017 8(5)a", "keeps_own": "on"}
    do(officer, tip, "transfer", **said, wrapping=base64.b64encode(wrapping).decode())
    page = officer.get(f"/tips/work/tip/{tip.pk}/")
    assert (page.status_code, page.context["asked"], page.context["holds"]) == (200, [], False)
    assert do(officer, tip, "classify", classed="crime", matter="theft", urgency="usual").status_code == 422


def test_without_a_wrapped_key_nothing_is_passed_on(officer: Client, tip: Tip, above: Any) -> None:
    said = {"to_desk": str(above.desk.pk), "basis": "TTLT 01/2017 8(5)b"}
    assert do(officer, tip, "transfer", **said, wrapping="").status_code == 422
    assert do(officer, tip, "transfer", **said, wrapping=base64.b64encode(b"x" * 3000).decode()).status_code == 422
    assert Tip.objects.get().desk == tip.desk


def test_a_duplicate_is_joined_with_an_earlier_tip_of_the_desk(officer: Client, house: House, tip: Tip) -> None:
    later = intake.accept(framed(house.tip("Mất xe máy lần nữa")), channel=Channel.PLAIN).tip
    assert do(officer, later, "join", other=str(tip.pk)).status_code == 302
    later.refresh_from_db()
    assert (later.duplicate_of, later.state) == (tip, State.CLOSED)
    assert do(officer, tip, "join", other="00000000-0000-4000-8000-000000000000").status_code == 422


def test_a_complaint_waits_at_the_desk_above_which_reads_nothing(
    officer: Client, house: House, tip: Tip, above: Any
) -> None:
    house.desk.desk.sends_to = above.desk
    house.desk.desk.save()
    complaints.complain(tip)
    officer.force_login(above.officers[0].key.user)
    inbox = f"/tips/work/{above.desk.pk}/"
    assert str(tip) in officer.get(inbox).content.decode()
    assert officer.get(f"/tips/work/tip/{tip.pk}/").status_code == 404
    assert officer.post(f"{inbox}complaints/{tip.pk}/", {"document": "12/TB"}).url == inbox
    assert not officer.get(inbox).context["complaints"]
    assert officer.post(f"{inbox}complaints/{tip.pk}/").status_code == 404
