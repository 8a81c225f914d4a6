"""What is handed in: amounts by kind, a numbered receipt without a name, and a chain on which amounts balance."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.activities.models import Fate, HandIn, HandInKind, HandOver, HandOverQuantity, Receiver
from luytre.activities.models.hand_ins import AlreadyHasReceipt
from luytre.activities.models.hand_overs import AlreadySettled, DifferenceNeedsReason
from luytre.common.periods import Window
from luytre.reporting import rollup
from tests.activities.taking_part import HandInFactory, HandInKindFactory, HandOverFactory, handed_in
from tests.factories import commune, province, user
from tests.whole.registers import hand_in_answers, hand_over_answers

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 10, 15), date(2026, 11, 14))


@pytest.fixture
def here():
    return commune("Mường Phăng", code="03325")


@pytest.fixture
def officer(here):
    return user(Role.COMMUNE_OFFICER, area=here)


@pytest.fixture
def page(client, officer):
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    return client


def given(hand_in: HandIn) -> dict[str, Decimal]:
    return {kind.code: amount for kind, amount in hand_in.amounts.items()}


def test_the_amounts_of_all_kinds_stand_in_one_form(page, here):
    gun, firework = HandInKindFactory(), HandInKindFactory(code="firework", vi_name="Pháo nổ", vi_unit="kg")
    answers = {**hand_in_answers(here), f"amount_{gun.code}": "2", f"amount_{firework.code}": "1.5"}
    assert page.post(reverse("activities:hand-ins-add"), {**answers, f"amount_{gun.code}": "-1"}).status_code == 422
    assert page.post(reverse("activities:hand-ins-add"), answers).status_code == 302
    hand_in = HandIn.objects.get()
    assert given(hand_in) == {"homemade_gun": 2, "firework": Decimal("1.5")}
    shown = page.get(reverse("activities:hand-ins-record", args=[hand_in.pk])).content.decode()
    assert "Pháo nổ: 1,5 kg" in shown
    page.post(reverse("activities:hand-ins-edit", args=[hand_in.pk]), {**answers, f"amount_{gun.code}": ""})
    assert given(hand_in) == {"firework": Decimal("1.5")}


def test_receipts_are_numbered_by_place_and_year(here, officer):
    first, second, later, aside = (HandInFactory(area=area) for area in (here, here, here, commune()))
    assert str(first.write_receipt(by=officer, on=date(2026, 11, 3))) == "01/2026/BN-03325"
    assert str(second.write_receipt(by=officer, on=date(2026, 11, 4))) == "02/2026/BN-03325"
    assert later.write_receipt(by=officer, on=date(2027, 1, 4)).number == 1
    assert aside.write_receipt(by=officer, on=date(2026, 11, 4)).number == 1
    with pytest.raises(AlreadyHasReceipt):
        first.write_receipt(by=officer, on=date(2026, 11, 5))


def test_the_printed_receipt_leaves_a_line_for_a_name(page, here):
    hand_in = handed_in("2", area=here)
    address = reverse("activities:hand-in-receipt", args=[hand_in.pk])
    assert page.get(address).context["receipt"] is None
    assert page.post(address).status_code == 302
    assert page.post(address).status_code == 302
    sheet = page.get(address).content.decode()
    assert "BN-03325" in sheet
    assert "viết tay" in sheet
    assert "Súng tự chế: 2 khẩu" in sheet
    assert page.get(reverse("activities:hand-in-receipt", args=[handed_in("1").pk])).status_code == 404


# the chain


def test_a_hand_over_takes_on_what_was_handed_in(page, here):
    one, two = handed_in("2", area=here), handed_in("3", area=here)
    handed_in("7", area=commune())
    answers = {**hand_over_answers(here), "hand_ins": [one.pk, two.pk]}
    assert page.post(reverse("activities:hand-overs-add"), answers).status_code == 302
    hand_over = HandOver.objects.get()
    assert hand_over.in_words == "Súng tự chế: 5 khẩu"
    assert not HandIn.objects.waiting().filter(area=here).exists()
    assert page.post(reverse("activities:hand-overs-add"), answers).status_code == 422  # handed over already


def test_what_came_in_later_cannot_have_been_handed_over(page, here):
    late = handed_in("1", area=here, received_on=date(2026, 11, 12))
    answers = {**hand_over_answers(here), "hand_ins": [late.pk]}
    answer = page.post(reverse("activities:hand-overs-add"), answers)
    assert list(answer.context["form"].errors) == ["hand_ins"]


def linked(here, officer, amount: str = "5") -> HandOver:
    hand_over = HandOverFactory(area=here)
    hand_over.hand_ins.set([handed_in(amount, area=here)])
    hand_over.balance(hand_over.expected, by=officer)
    return hand_over


def test_a_difference_needs_its_reason(here, officer):
    hand_over, kind = linked(here, officer), HandInKind.objects.get()
    with pytest.raises(DifferenceNeedsReason):
        hand_over.balance({kind: Decimal(4)}, by=officer)
    with pytest.raises(DifferenceNeedsReason):
        hand_over.balance({}, by=officer)
    assert hand_over.amounts == {kind: 5}
    hand_over.balance({kind: Decimal(4)}, by=officer, reasons={kind: "nổ hủy tại chỗ"})
    assert hand_over.amounts == {kind: 4}


def test_the_database_says_so_too(here):
    row = {"hand_over": HandOverFactory(area=here), "kind": HandInKindFactory(), "expected": 5}
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOverQuantity.objects.create(**row, amount=4)
    HandOverQuantity.objects.create(**row, amount=4, reason="nổ hủy tại chỗ")


def test_the_next_body_receives_what_the_one_before_received(here, officer):
    first = linked(here, officer)
    kind = HandInKind.objects.get()
    first.balance({kind: Decimal(4)}, by=officer, reasons={kind: "nổ hủy tại chỗ"})
    onward = HandOver(handed_on=date(2026, 11, 20), to_kind=Receiver.PROVINCE_POLICE, to_body="Công an tỉnh")
    first.hand_on(onward, by=officer)
    assert (onward.from_body, onward.amounts, onward.expected) == ("Bộ CHQS tỉnh", {kind: 4}, {kind: 4})
    first = HandOver.objects.get(pk=first.pk)
    assert first.is_settled
    with pytest.raises(AlreadySettled):
        first.settle(Fate.DESTROYED, by=officer, on=date(2026, 11, 21), decision="1/QĐ")


def test_the_chain_ends_once(here, officer):
    hand_over = linked(here, officer)
    hand_over.settle(Fate.DESTROYED, by=officer, on=date(2026, 11, 21), decision="1/QĐ")
    with pytest.raises(AlreadySettled):
        hand_over.settle(Fate.KEPT, by=officer, on=date(2026, 11, 22), decision="2/QĐ")
    assert hand_over.state == "đã tiêu hủy, 21/11/2026"


def test_the_pages_of_the_chain(page, here, officer):
    hand_over = linked(here, officer)
    balance = reverse("activities:hand-over-balance", args=[hand_over.pk])
    assert page.post(balance, {"amount_homemade_gun": "4"}).status_code == 422
    said = {"amount_homemade_gun": "4", "reason_homemade_gun": "nổ hủy tại chỗ"}
    assert page.post(balance, said).status_code == 302
    onward = reverse("activities:hand-over-onward", args=[hand_over.pk])
    assert page.get(onward).status_code == 200
    assert page.post(onward, {"handed_on": ""}).status_code == 422
    answers = {"handed_on": "2026-11-20", "to_kind": "province_police", "to_body": "Công an tỉnh"}
    assert page.post(onward, answers).status_code == 302
    assert page.post(onward, answers).status_code == 422
    last = HandOver.objects.get(before=hand_over)
    settlement = reverse("activities:hand-over-settlement", args=[last.pk])
    assert page.post(settlement, {"on": "2026-11-22", "kind": "destroyed", "decision": "1/QĐ"}).status_code == 302
    assert page.post(settlement, {"on": "2026-11-22", "kind": "kept", "decision": "2/QĐ"}).status_code == 422
    theirs = HandOverFactory(area=commune())
    for name in ("balance", "onward", "settlement"):
        assert page.get(reverse(f"activities:hand-over-{name}", args=[theirs.pk])).status_code == 404


# figures


def test_each_kind_counts_as_its_own_statistic_and_lumped_figures_add_pieces_only(here):
    call_command("sync_catalogue", verbosity=0)
    handed_in("2", area=here)
    handed_in("3", area=here, code="crude_weapon")
    handed_in("1.5", area=here, code="firework")
    handed_in("9", area=here, code="detonator")
    handed_in("4", area=here, received_on=date(2026, 11, 20))
    removed = handed_in("8", area=here)
    removed.remove(by=user(), reason="ghi nhầm")

    def total(code: str):
        return rollup.total(province(), code, NOVEMBER).value

    assert total("firearms_collected") == 2
    assert total("crude_weapons_collected") == 3
    assert total("fireworks_kg_collected") == Decimal("1.5")
    assert total("weapons_collected_total") == 5
    assert total("firearms_and_explosives_collected") == 2


def test_the_list_of_kinds_names_statistics_of_the_catalogue():
    from luytre.activities.catalogue.taking_part import sync_hand_in_kinds
    from luytre.activities.indicators import hand_ins
    from luytre.reporting import catalogue

    assert sync_hand_in_kinds() == 18
    assert sync_hand_in_kinds() == 0
    named = set(HandInKind.objects.exclude(counted_as="").values_list("counted_as", flat=True))
    assert named == set(hand_ins.SINGLE)
    assert all(catalogue.get(code) for code in named)
