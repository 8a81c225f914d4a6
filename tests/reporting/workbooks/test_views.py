"""The pages on which workbooks come in and go out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.common import periods
from luytre.reporting.models import Delivery, LineState, Return, WorkbookMapping
from luytre.reporting.returns.paper import Errand
from luytre.reporting.workbooks import delivering, parsing
from tests.factories import commune, user
from tests.reporting.workbooks.factories import issued, packed, table
from tests.reporting.workbooks.test_mappings import down


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def last_month():
    running = periods.month_of(timezone.localdate())
    return periods.months_back(running.first_day.replace(day=1), 1)[0]


@pytest.fixture
def errand(forms, unit, last_month):
    return Errand(forms["commune-month"], unit, last_month)


@pytest.fixture
def officer_client(client, officer):
    client.force_login(officer)
    return client


def upload(client, content, name="bieu.xlsx"):
    return client.post("/returns/workbooks/", {"file": SimpleUploadedFile(name, content)})


def form_url(errand):
    form, area, token = errand.address
    return f"/returns/{form}/{area}/{token}/form.xlsx"


def test_the_form_is_downloaded_filled_sent_and_shown(officer_client, errand):
    content = officer_client.get(form_url(errand)).content
    assert parsing.parse("a.xlsx", content).mark["area"] == errand.area.code
    answer = upload(officer_client, issued(errand, crime_tips_received="12"))
    page = officer_client.get(answer.url)
    assert page.status_code == 200
    assert not Return.objects.exists()
    officer_client.post(f"{answer.url}sending/", {"comment": ""})
    assert Return.objects.get().amounts["crime_tips_received"] == 1200
    assert officer_client.get(f"{answer.url}report.xlsx").content[:2] == b"PK"


def test_the_form_of_another_unit_is_not_there(officer_client, errand):
    assert officer_client.get(form_url(Errand(errand.form, commune(), errand.window))).status_code == 404


def test_what_somebody_else_brought_in_is_not_there(client, officer_client, errand):
    address = upload(officer_client, issued(errand)).url
    client.force_login(user(Role.COMMUNE_OFFICER, area=errand.area))
    assert client.get(address).status_code == 404
    assert client.post(f"{address}sending/").status_code == 404


def test_both_versions_are_shown_and_one_may_go_over_the_other(officer_client, errand):
    for tips in ("5", "9"):
        address = upload(officer_client, issued(errand, crime_tips_received=tips)).url
        officer_client.post(f"{address}sending/", {"comment": "x"})
    assert Return.objects.get().number == 1
    address = upload(officer_client, issued(errand, crime_tips_received="9")).url
    assert 'name="base" value="1"' in officer_client.get(address).content.decode()
    officer_client.post(f"{address}1/over/", {"base": "1", "comment": ""})
    assert Return.objects.get().amounts["crime_tips_received"] == 900
    assert Return.objects.get().number == 2


def test_a_wrong_file_can_become_a_draft(officer_client, errand):
    address = upload(officer_client, issued(errand, crime_tips_received="hai")).url
    answer = officer_client.post(f"{address}1/draft/")
    assert "hai" in officer_client.get(answer.url).content.decode()


def test_a_file_that_is_no_workbook_gets_an_answer_in_words(officer_client, errand):
    page = officer_client.get(upload(officer_client, b"x", "a.pdf").url)
    assert page.status_code == 200
    assert upload(officer_client, b"x" * (11 * 1024 * 1024)).status_code == 422


def test_a_zip_is_read_in_the_background(client, errand):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    client.force_login(desk)
    address = upload(client, packed({"1.xlsx": issued(errand)}), "nop.zip").url
    assert "hx-trigger" in client.get(address).content.decode()
    delivering.read(Delivery.objects.get(), at=timezone.now())
    assert client.get(address).status_code == 200
    client.post(f"{address}sending/")
    delivering.send(Delivery.objects.get(), at=timezone.now())
    assert Return.objects.get().area == errand.area


def test_an_offices_own_layout_is_shown_matched_kept_and_read(officer_client, errand):
    content = down(errand.form, errand.area, f"Tháng {errand.window.last_day:%m/%Y}", crime_tips_received=3)
    address = upload(officer_client, content).url
    assert address.endswith("/reading/")
    page = officer_client.get(address)
    guess = page.context["showing"].form.initial
    assert (guess["form"], guess["names"], guess["values"]) == (errand.form.code, "B", "C")
    said = {**guess, "unit": "b1", "period": "b2"}
    looked = officer_client.post(address, {**said, "do": "look"})
    pairs = {one.input: one.code for one in looked.context["showing"].pairs}
    assert set(errand.form.codes) <= set(pairs.values())
    officer_client.post(address, {**said, **pairs, "do": "keep"})
    line = Delivery.objects.get().lines.get()
    assert (line.state, line.typed["crime_tips_received"]) == (LineState.GOOD, "3")
    mapping = WorkbookMapping.objects.get()
    officer_client.post(f"/returns/workbooks/readings/{mapping.pk}/remove/")
    assert not WorkbookMapping.objects.exists()
    assert officer_client.get(f"/returns/workbooks/{Delivery.objects.get().pk}/").status_code == 200


def test_a_place_that_is_no_column_is_told(officer_client, errand):
    address = upload(officer_client, table([["Tên gọi dài", "Số"], ["Số vụ cháy nổ", 1]])).url
    said = {**officer_client.get(address).context["showing"].form.initial, "names": "9", "unit": "B1", "do": "look"}
    assert officer_client.post(address, said).status_code == 422


def test_the_nation_in_one_file_is_handed_out(client, errand):
    client.force_login(user(Role.MINISTRY_DESK))
    for name in ("collected", "tidy"):
        answer = client.get(f"/returns/overview/{name}.xlsx")
        assert b"".join(answer.streaming_content)[:2] == b"PK"
