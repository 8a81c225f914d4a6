"""Narrative reports brought in: figures proposed, decided on by a person, shown beside what is counted here."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.audit.models import AuditEntry
from luytre.reporting import quoting
from luytre.reporting.models import Decision, QuotedFigure, QuotedReport
from tests import factories

REPORT = """Kết quả phong trào sáu tháng đầu năm

Từ ngày 01/01/2026 đến ngày 30/06/2026, xã tổ chức 2 buổi tuyên truyền với trên 75 lượt người tham gia.
Quần chúng nhân dân cung cấp 12 tin, trong đó có 5 tin có giá trị.
Phường trồng 300 cây xanh. Hiện có 4 tổ hòa giải.
"""


@pytest.fixture
def commune(db: None) -> Area:
    return factories.commune("Mường Thử")


@pytest.fixture
def officer(commune: Area) -> User:
    return factories.user(Role.COMMUNE_OFFICER, area=commune)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def brought(desk: Client, commune: Area, text: str = REPORT) -> QuotedReport:
    asked = {"text": text, "area": commune.pk, "reported_on": "2026-07-02"}
    answer = desk.post(reverse("reporting:quoted-reports"), asked)
    assert answer.status_code == 302, answer.content.decode()
    return QuotedReport.objects.get()


def decide(desk: Client, one: QuotedFigure, act: str, **more: object):
    return desk.post(reverse("reporting:quoted-figure-step", args=[one.report_id, one.number]), {"act": act, **more})


def test_each_figure_is_proposed_with_its_sentence_place_and_days(desk: Client, commune: Area) -> None:
    report = brought(desk, commune)
    figures = {one.code: one for one in report.figures.all()}
    assert set(figures) == {
        "outreach_sessions", "outreach_attendances", "crime_tips_received", "crime_tips_valuable", "mediation_teams",
    }  # fmt: skip
    sessions = figures["outreach_sessions"]
    assert (sessions.value, sessions.qualifier, sessions.area) == (2, "exact", commune)
    assert (sessions.first_day, sessions.last_day) == (date(2026, 1, 1), date(2026, 6, 30))
    assert report.text[sessions.start : sessions.end] == sessions.span == "2 buổi tuyên truyền"
    assert figures["outreach_attendances"].qualifier == "more_than"
    assert figures["crime_tips_valuable"].role == "part"
    assert all(one.decision == Decision.WAITING for one in figures.values())


def test_nothing_is_taken_before_somebody_says_so_and_each_decision_leaves_a_trace(desk: Client, commune: Area) -> None:
    first, second, third, *_rest = brought(desk, commune).figures.all()
    answer = decide(desk, first, "take")
    assert answer.url.endswith(f"?at={second.number}")
    decide(desk, second, "reject")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.decision, second.decision) == (Decision.TAKEN, Decision.REJECTED)
    decide(desk, second, "wait")
    second.refresh_from_db()
    assert (second.decision, second.decided_by) == (Decision.WAITING, None)
    verbs = AuditEntry.objects.filter(subject_type="reporting.quotedfigure").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["figure_taken", "figure_left_out", "figure_put_back"]
    third.refresh_from_db()
    assert third.decided_at is None


def test_what_is_mended_keeps_what_was_proposed(desk: Client, commune: Area) -> None:
    one = brought(desk, commune).figures.get(code="outreach_sessions")
    said = {"code": "outreach_school_sessions", "value": "1.250,5", "qualifier": "about", "role": "level",
            "area": commune.pk, "first_day": "2026-01-01", "last_day": "2026-03-31"}  # fmt: skip
    answer = decide(desk, one, "mend", **{f"f{one.number}-{name}": value for name, value in said.items()})
    assert answer.status_code == 302, answer.context["form"].errors
    one.refresh_from_db()
    assert (one.code, float(one.value), one.decision) == ("outreach_school_sessions", 1250.5, Decision.TAKEN)
    assert one.proposed["code"] == "outreach_sessions"
    assert one.is_mended


def test_a_wrong_mending_names_the_field_and_takes_nothing(desk: Client, commune: Area) -> None:
    one = brought(desk, commune).figures.first()
    said = {"code": one.code, "value": "hai", "qualifier": "exact", "role": "level", "first_day": "2026-05-01",
            "last_day": "2026-04-01"}  # fmt: skip
    answer = decide(desk, one, "mend", **{f"f{one.number}-{name}": value for name, value in said.items()})
    assert answer.status_code == 422
    assert "Ngày cuối đứng trước ngày đầu." in answer.content.decode()
    one.refresh_from_db()
    assert one.decision == Decision.WAITING


def test_a_difference_from_the_registers_is_shown_beside_the_figure(desk: Client, officer: User, commune: Area) -> None:
    OutreachSession(area=commune, held_on=date(2026, 3, 3), place="Sân", attendance=40).add(by=officer)
    report = brought(desk, commune)
    scope = officer.scope("report_make", on=timezone.localdate())
    rows = {row.kept.code: row for row in quoting.beside(report.figures.all(), scope=scope)}
    assert rows["outreach_sessions"].ours is not None
    assert (rows["outreach_sessions"].difference, rows["outreach_sessions"].is_apart) == (1, True)
    page = desk.get(reverse("reporting:quoted-report-confirm", args=[report.pk])).content.decode()
    assert "khác" in page


def test_what_was_taken_stands_on_the_page_of_its_indicator_with_its_sentence(desk: Client, commune: Area) -> None:
    one = brought(desk, commune).figures.get(code="mediation_teams")
    address = reverse("reporting:indicator", args=["mediation_teams"])
    assert "Các báo cáo đã nêu" not in desk.get(address).content.decode()
    decide(desk, one, "take")
    page = desk.get(address).content.decode()
    assert "Các báo cáo đã nêu" in page
    assert "Hiện có 4 tổ hòa giải" in page
    sheet = desk.get(reverse("reporting:quoted-report-excel", args=[one.report_id]))
    assert sheet.status_code == 200


def test_a_text_file_is_read_whole_and_a_file_that_is_none_is_refused_with_the_mend(
    desk: Client, commune: Area
) -> None:
    address, about = reverse("reporting:quoted-reports"), {"area": commune.pk, "reported_on": "2026-07-02"}
    file = SimpleUploadedFile("báo cáo.txt", REPORT.encode())
    assert desk.post(address, {"file": file, **about}).status_code == 302
    assert QuotedReport.objects.get().text == REPORT
    broken = SimpleUploadedFile("báo cáo.docx", b"PK\x03\x04 nothing")
    answer = desk.post(address, {"file": broken, **about})
    assert answer.status_code == 422
    assert QuotedReport.objects.count() == 1
    dated = desk.post(address, {"text": f"Điện Biên, ngày 02 tháng 7 năm 2026\n{REPORT}", "area": commune.pk})
    assert dated.status_code == 302
    undated = desk.post(address, {"text": "Có 4 tổ hòa giải.", "area": commune.pk})
    assert "Văn bản không ghi ngày. Hãy chọn ngày của báo cáo." in undated.content.decode()
    empty = desk.post(address, about)
    assert "Hãy chọn tệp, hoặc dán nội dung vào ô bên dưới." in empty.content.decode()


def test_reports_of_elsewhere_do_not_exist(desk: Client, commune: Area, client: Client) -> None:
    report = brought(desk, commune)
    stranger = factories.user(Role.COMMUNE_OFFICER, area=factories.commune("Xã Khác"))
    other = Client()
    other.force_login(stranger)
    assert other.get(reverse("reporting:quoted-report-confirm", args=[report.pk])).status_code == 404
    assert other.post(reverse("reporting:quoted-report-removal-step", args=[report.pk])).status_code == 404
    assert report.name not in other.get(reverse("reporting:quoted-reports")).content.decode()


def test_removing_a_report_takes_its_figures_and_leaves_a_trace(desk: Client, commune: Area) -> None:
    report = brought(desk, commune)
    desk.post(reverse("reporting:quoted-report-removal-step", args=[report.pk]))
    assert not QuotedFigure.objects.exists()
    assert AuditEntry.objects.filter(verb="quoted_report_removed").count() == 1


def test_a_text_without_figures_says_so(desk: Client, commune: Area) -> None:
    report = brought(desk, commune, "Phong trào được đông đảo nhân dân hưởng ứng.")
    page = desk.get(reverse("reporting:quoted-report-confirm", args=[report.pk])).content.decode()
    assert "Không thấy số liệu nào thuộc danh mục trong văn bản này" in page
