"""Respected persons: nobody without a consent, the number behind a logged look, and forgotten when they withdraw."""

from datetime import date

import pytest
from django.urls import reverse

from luytre.accounts import inventory, retention
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.registry.models import RespectedConsent, RespectedPerson
from luytre.registry.models.consents import AlreadyWithdrawn
from tests.factories import commune, residential, user
from tests.registry.factories import RespectedPersonFactory
from tests.rights.refused import of_models, refused_in
from tests.whole.registers import respected_answers

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)


@pytest.fixture
def here():
    return commune("Mường Phăng", code="03325")


@pytest.fixture
def page(client, here):
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    return client


def everything_said(person: RespectedPerson) -> str:
    row = RespectedPerson.objects.get(pk=person.pk)
    return " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)


def test_nobody_is_written_down_without_a_consent(page, here):
    answers = respected_answers(here)
    address = reverse("registry:respected-persons-add")
    assert "rút lại sự đồng ý bất cứ lúc nào" in page.get(address).content.decode()
    for lacking in ("consented_on", "consent_how"):
        assert page.post(address, {**answers, lacking: ""}).status_code == 422
    assert page.post(address, {**answers, "consented_on": "2099-01-01"}).status_code == 422
    assert page.post(address, answers).status_code == 302
    consent = RespectedConsent.objects.get()
    assert (consent.given_on, consent.how, consent.text_version) == (date(2026, 2, 27), "paper", "uy-tin-2026-11")


def test_only_who_agreed_and_is_in_term_serves():
    serving = RespectedPersonFactory()
    RespectedPersonFactory(agreed=False)
    RespectedPersonFactory(serves_until=date(2026, 10, 31))
    assert list(RespectedPerson.objects.serving_on(DAY)) == [serving]


def test_who_withdraws_is_forgotten_at_once(page, here):
    person = RespectedPersonFactory(area=here, full_name="Lò Thị Mẫu", phone="0912345678", decision="7/QĐ")
    person.was_trained("Hòa giải", on=DAY, by=user())
    address = reverse("registry:respected-withdrawal", args=[person.pk])
    assert page.post(address, {"on": "2026-11-02"}).status_code == 422
    assert page.post(address, {"on": "2026-11-02", "sure": "on"}).status_code == 302
    said = everything_said(person)
    for trace in ("Lò", "lo thi mau", "0912345678", "elder", "7/QĐ"):
        assert trace not in said
    assert not person.training.exists()
    assert RespectedPerson.objects.count() == 1
    assert not RespectedPerson.objects.serving_on(date(2026, 11, 3)).exists()
    assert "consent_withdrawn" in AuditEntry.objects.values_list("verb", flat=True)
    assert (
        page.post(reverse("registry:respected-persons-edit", args=[person.pk]), respected_answers(here)).status_code
        == 422
    )
    with pytest.raises(AlreadyWithdrawn):
        person.withdraw_consent(by=user(), on=date(2026, 11, 3))


def test_the_number_is_shown_once_for_a_purpose_that_is_written_down(page, here):
    person = RespectedPersonFactory(area=here, phone="0912345678")
    record = page.get(reverse("registry:respected-persons-record", args=[person.pk])).content.decode()
    assert "0912345678" not in record
    address = reverse("registry:respected-contact", args=[person.pk])
    assert "0912345678" not in page.get(address).content.decode()
    assert page.post(address, {"purpose": "curiosity"}).status_code == 422
    answer = page.post(address, {"purpose": "meeting"})
    assert "0912345678" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    entry = AuditEntry.objects.get(verb="contact_shown")
    assert (entry.subject_type, entry.subject_id, entry.purpose) == (
        "registry.respectedperson",
        str(person.pk),
        "meeting",
    )


def test_lists_and_pages_leave_a_trace(page, here):
    person = RespectedPersonFactory(area=here)
    page.get(reverse("registry:respected-persons-list"))
    page.get(reverse("registry:respected-persons-record", args=[person.pk]))
    traces = AuditEntry.objects.filter(verb__in=["listed", "viewed"]).values_list("verb", "purpose")
    assert list(traces) == [("listed", "respected persons"), ("viewed", "respected persons")]


def test_somebody_of_another_commune_is_not_there(page):
    theirs = RespectedPersonFactory(area=residential(parent=commune()))
    for name in ("contact", "training", "withdrawal"):
        assert page.get(reverse(f"registry:respected-{name}", args=[theirs.pk])).status_code == 404


def test_training_is_recorded_once_it_was_held(page, here):
    person = RespectedPersonFactory(area=here)
    address = reverse("registry:respected-training", args=[person.pk])
    assert page.post(address, {"held_on": "2099-01-01", "subject": "Hòa giải"}).status_code == 422
    assert page.post(address, {"held_on": "2026-11-02", "subject": "Hòa giải"}).status_code == 302
    assert person.training_in_words == "02/11/2026 Hòa giải"


def test_a_year_after_the_term_the_name_goes():
    person = RespectedPersonFactory(full_name="Lò Thị Mẫu", phone="0912345678", serves_until=date(2026, 3, 1))
    retention.erase_due(today=date(2027, 3, 2))
    assert "Lò" in everything_said(person)
    retention.erase_due(today=date(2027, 3, 3))
    for trace in ("Lò", "lo thi", "0912345678"):
        assert trace not in everything_said(person)


def test_no_column_or_choice_says_what_somebody_is():
    """What they do in the community, never origin or creed (R4)."""
    ours = [one for one in of_models() if one.where.startswith("registry.Respected")]
    assert len(ours) > 30
    assert [one for one in ours if refused_in(one)] == []
    assert set(inventory.load()["registry.RespectedPerson"].personal) >= {"full_name", "phone", "role"}
