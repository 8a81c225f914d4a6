import re
from datetime import date
from io import BytesIO

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.reporting.documents import layouts
from luytre.reporting.models.layouts import ReportLayout
from luytre.reporting.models.reports import Report
from tests.factories import user

pytestmark = [pytest.mark.django_db]
S = "s-outreach-sessions"


@pytest.fixture(autouse=True)
def winter():
    with time_machine.travel("2026-01-20T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def officer(client, places, clerk):
    OutreachSession(area=places["n1"], held_on=date(2026, 1, 5), place="Sân", attendance=30).add(by=clerk)
    client.force_login(user(Role.COMMUNE_OFFICER, area=places["n1"]))
    return client


def text(response) -> str:
    assert "UNDEFINED" not in response.content.decode()
    return response.content.decode()


@pytest.fixture
def page(officer, places) -> str:
    return officer.post("/reports/", {"area": places["n1"].pk, "period": "2026-01"}).url


def write(client, page: str, key: str, typed: str, **more):
    base = more.pop("base", None) or Report.objects.get().newest.number
    return client.post(f"{page}paragraphs/{key}/", {"typed": typed, "base": base, **more})


def hand_in(client, page: str):
    for key in re.findall(r'id="([a-z]+)" class="muted"', text(client.get(page))):
        if key not in ("missing", "unrecorded", "unreported"):
            assert write(client, page, key, "Ổn định.").status_code == 302
    return client.post(f"{page}submission/", {"base": Report.objects.get().newest.number})


def leader(client, places):
    client.force_login(user(Role.COMMUNE_LEADER, area=places["n1"]))
    return client


def test_a_draft_shows_each_figure_with_the_way_to_its_records(officer, page):
    shown = text(officer.get(page))
    assert 'href="/figures/outreach_sessions/records/?area=00001&amp;from=2025-12-15&amp;to=2026-01-14">1</a>' in shown


def test_keeping_the_same_report_twice_leads_to_the_first(officer, places, page):
    assert officer.post("/reports/", {"area": places["n1"].pk, "period": "2026-01"}).url == page


WRONG_DAYS = [("", "2026-01-01"), ("2026-01-02", "2026-01-01"), ("2027-01-01", "2027-01-02"), ("x", "-1")]


@pytest.mark.parametrize("days", WRONG_DAYS)
def test_days_that_make_no_window_are_told(officer, places, days):
    asked = {"area": places["n1"].pk, "period": "days", "from": days[0], "to": days[1]}
    assert officer.get("/reports/", asked).status_code == 422
    assert officer.post("/reports/", asked).status_code == 422


def test_any_days_make_a_report(officer, places):
    asked = {"area": places["n1"].pk, "period": "days", "from": "2026-01-01", "to": "2026-01-10"}
    assert "từ ngày 01/01/2026" in text(officer.get("/reports/", asked))
    assert officer.get(officer.post("/reports/", asked).url).status_code == 200


@pytest.mark.parametrize("period", ["2025-Q4", "2025-H2", "2025"])
def test_longer_periods_make_a_report(officer, places, period):
    assert officer.get("/reports/", {"area": places["n1"].pk, "period": period}).status_code == 200


def test_a_figure_that_was_overwritten_is_told_and_the_words_stay(officer, page):
    answer = write(officer, page, S, "Tổ chức [1:99] buổi thật vui")
    assert answer.status_code == 422
    assert "[1:99] buổi thật vui" in text(answer)
    assert Report.objects.get().newest.number == 1


def test_a_figure_can_be_put_in_and_a_paragraph_added_and_left_out(officer, page):
    write(officer, page, S, "Thêm một ý", after="1", add="outreach_attendances")
    assert re.search(r"Thêm một ý <a class=\"chip\"[^>]*>30</a>", text(officer.get(page)))
    write(officer, page, S, "", leave_out="1")
    assert "Trong kỳ đã tổ chức" in text(officer.get(page)).split("<s>")[1].split("</s>")[0]
    word = officer.get(f"{page}versions/3.docx").content
    assert "Trong kỳ đã tổ chức" not in "\n".join(one.text for one in docx.Document(BytesIO(word)).paragraphs)


def test_a_conflict_shows_both_texts(officer, page):
    write(officer, page, S, "Bản thứ nhất.", base=1)
    answer = write(officer, page, S, "Bản thứ hai.", base=1)
    assert answer.status_code == 409
    shown = text(answer)
    assert "Bản thứ nhất." in shown
    assert "Bản thứ hai." in shown
    assert write(officer, page, S, "Bản thứ hai.", base=2).status_code == 302


def test_words_written_while_a_colleague_handed_it_in_are_not_lost(officer, page):
    hand_in(officer, page)
    answer = write(officer, page, S, "Câu vừa viết xong.")
    assert answer.status_code == 422
    assert "Câu vừa viết xong." in text(answer)


def test_the_whole_life_through_the_pages(client, officer, page, places):
    assert officer.post(f"{page}submission/", {"base": 1}).status_code == 422
    assert hand_in(officer, page).status_code == 302
    assert officer.get(f"{page}signature/").status_code == 403
    assert officer.get(f"{page}paragraphs/{S}/").status_code == 302
    base = Report.objects.get().newest.number
    leader(client, places)
    assert f"{page}signature/" in text(client.get("/reports/"))
    assert client.post(f"{page}return/", {"base": base, "reason": ""}).status_code == 422
    assert client.post(f"{page}signature/", {"base": base, "signed_as": "Chủ tịch"}).status_code == 302
    issue = {"base": base, "number": 3, "issued_on": "2026-01-20"}
    assert client.post(f"{page}issue/", issue | {"number": 10**18}).status_code == 422
    assert client.post(f"{page}issue/", issue | {"number": -1}).status_code == 422
    assert client.post(f"{page}issue/", issue | {"issued_on": "2026-01-21"}).status_code == 422
    assert client.post(f"{page}issue/", issue).status_code == 302
    assert "03/BC-UBND" in text(client.get(page))
    assert client.get(f"{page}versions/{base}.pdf").content.startswith(b"%PDF")
    assert client.post(f"{page}recall/", {"base": base, "reason": "Sai số liệu"}).status_code == 302
    assert Report.objects.get().is_open
    assert "03/BC-UBND" in text(client.get(f"{page}versions/{base}/"))


def test_the_writer_cannot_sign_even_as_a_leader(client, officer, places):
    person = user(Role.COMMUNE_LEADER, area=places["n1"])
    client.force_login(person)
    page = client.post("/reports/", {"area": places["n1"].pk, "period": "2025-12"}).url
    hand_in(client, page)
    answer = client.post(f"{page}signature/", {"base": Report.objects.get().newest.number, "signed_as": "Chủ tịch"})
    assert answer.status_code == 422
    assert f"{page}signature/" not in text(client.get(page))


PAGES = ["", "refresh/", "submission/", "withdrawal/", "issue/", "versions/1/", "versions/1.docx", "versions/1.pdf",
         "versions/2/changes/", f"paragraphs/{S}/", "versions/1/restore/"]  # fmt: skip


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PROVINCE_DESK])
@pytest.mark.parametrize("tail", PAGES)
def test_a_foreign_office_and_the_one_above_do_not_see_a_draft(client, page, places, role, tail):
    area = places["n3"] if role == Role.COMMUNE_OFFICER else places["n11"]
    client.force_login(user(role, area=area))
    assert client.get(page + tail).status_code == 404
    assert page not in text(client.get("/reports/"))


def test_the_office_above_reads_what_was_issued_and_changes_nothing(client, officer, page, places):
    hand_in(officer, page)
    base = Report.objects.get().newest.number
    leader(client, places)
    client.post(f"{page}signature/", {"base": base, "signed_as": "Chủ tịch"})
    client.post(f"{page}issue/", {"base": base, "number": 1, "issued_on": "2026-01-20"})
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    shown = text(client.get(page))
    assert "01/BC-UBND" in shown
    assert "recall" not in shown
    assert client.get(f"{page}versions/1/").status_code == 404
    assert client.get(f"{page}versions/{base}.docx").status_code == 200
    assert client.post(f"{page}recall/", {"base": base, "reason": "Không được"}).status_code == 404


def test_nobody_drafts_for_another_office(client, places, officer):
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    assert client.post("/reports/", {"area": places["n1"].pk, "period": "2026-01"}).status_code == 404


def test_going_back_makes_a_new_version(officer, page):
    write(officer, page, S, "Khác hẳn.")
    assert "Khác hẳn." in text(officer.get(f"{page}versions/2/changes/"))
    assert officer.post(f"{page}versions/1/restore/", {"base": 2}).status_code == 302
    assert "Khác hẳn." not in text(officer.get(page))
    assert officer.get(f"{page}versions/99/").status_code == 404


def test_new_figures_are_shown_before_they_are_taken(officer, page, places, clerk):
    OutreachSession(area=places["n1"], held_on=date(2026, 1, 6), place="Sân", attendance=30).add(by=clerk)
    assert "Buổi tuyên truyền / phát động" in text(officer.get(f"{page}refresh/"))
    assert officer.post(f"{page}refresh/", {"base": 1}).status_code == 302
    assert ">2</a> buổi" in text(officer.get(page))


def upload(client, content: bytes, name: str = "mau.docx"):
    return client.post("/reports/layout/", {"file": SimpleUploadedFile(name, content)})


def test_an_office_puts_in_its_own_layout_and_goes_back(officer, page, places):
    assert upload(officer, layouts.standard()).status_code == 302
    pk = places["n1"].pk
    assert officer.get(f"/reports/layout/{pk}/1/preview.docx").content[:2] == b"PK"
    assert officer.get(f"/reports/layout/{pk}/1.docx").content == layouts_of(1)
    assert officer.get(f"{page}versions/1.docx").content[:2] == b"PK"
    officer.post(f"/reports/layout/{pk}/restore/")
    assert ReportLayout.objects.current(places["n1"]) is None
    officer.post(f"/reports/layout/{pk}/restore/", {"number": "1"})
    assert ReportLayout.objects.current(places["n1"]).number == 3
    assert officer.get(f"/reports/layout/{pk}/standard.docx").content[:2] == b"PK"


def layouts_of(number: int) -> bytes:
    return bytes(ReportLayout.objects.get(number=number).content)


@pytest.mark.parametrize(("name", "content"), [("mau.docm", b"PK"), ("mau.docx", b"x"), ("mau.docx", b"")])
def test_a_bad_layout_is_refused_with_its_reason(officer, name, content):
    answer = upload(officer, content, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ReportLayout.objects.exists()


def test_the_layout_of_another_office_is_out_of_reach(client, officer, places):
    upload(officer, layouts.standard())
    client.force_login(user(Role.COMMUNE_OFFICER, area=places["n3"]))
    for path in ("1.docx", "1/preview.docx", "standard.docx"):
        assert client.get(f"/reports/layout/{places['n1'].pk}/{path}").status_code == 404
    assert client.post(f"/reports/layout/{places['n1'].pk}/restore/").status_code == 404
