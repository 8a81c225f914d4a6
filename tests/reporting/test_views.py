from datetime import date

import pytest
import time_machine

from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from tests.factories import user

pytestmark = [pytest.mark.django_db]
HOME = "/territory/11/?period=2026-01"


@pytest.fixture(autouse=True)
def winter():
    with time_machine.travel("2026-01-20T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def sessions(places, clerk):
    for key in ("n1", "n1", "s1", "n3"):
        OutreachSession(area=places[key], held_on=date(2026, 1, 5), place="Sân", attendance=30).add(by=clerk)
    OutreachSession(area=places["c1"], held_on=date(2025, 1, 5), place="Sân", attendance=30).add(by=clerk)


@pytest.fixture
def desk(client, places):
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    return client


@pytest.fixture
def officer(client, places):
    client.force_login(user(Role.COMMUNE_OFFICER, area=places["n1"]))
    return client


def text(response) -> str:
    assert "UNDEFINED" not in response.content.decode()
    return response.content.decode()


def test_one_s_own_place_is_the_first(officer):
    assert officer.get("/territory/").url == "/territory/00001/"


def test_a_place_shows_figures_change_trend_parts_and_who_is_silent(desk, sessions):
    page = text(desk.get(HOME))
    assert "<svg" in page
    assert "/territory/00002/?" in page
    assert "100%" not in page or "300%" in page
    assert page.count("<h1>") == 1


def test_places_that_recorded_nothing_are_named(desk, sessions):
    page = desk.get(HOME).context["page"]
    assert [place.code for place in page.silent] == ["00002"]
    assert page.heard_count == 2


def test_the_page_of_a_commune_and_of_a_residential_area_opens(officer, sessions):
    assert "S1" in text(officer.get("/territory/00001/?period=2026-01"))
    assert officer.get("/territory/00001-01/?period=2026-01").status_code == 200


def test_the_nation_is_drawn_as_a_map(client, places, sessions):
    client.force_login(user(Role.MINISTRY_DESK, area=places["nation"]))
    page = client.get("/territory/0/?period=2026-01&indicator=model_types")
    assert page.context["page"].map is not None
    assert "Hoàng Sa" in text(page)


def test_a_former_province_is_found_in_its_own_time(desk, sessions):
    assert desk.get("/territory/12/?from=2025-01-01&to=2025-06-30").status_code == 200
    assert desk.get("/territory/12/?from=2025-01-01&to=2025-07-30").status_code == 400


def test_elsewhere_does_not_exist(officer, sessions):
    for path in ("/territory/00004/", "/territory/11/", "/territory/99999/", "/territory/00004/parts.csv"):
        assert officer.get(path).status_code == 404


def test_strangers_sign_in_and_people_without_a_role_are_refused(client, places):
    for path in ("/territory/11/", "/figures/", "/reports/", "/figures/releases/"):
        client.logout()
        assert client.get(path).status_code == 302
        client.force_login(user())
        assert client.get(path).status_code == 403


def test_an_unclear_question_says_what_to_mend(desk):
    answer = desk.get("/territory/11/?from=2026-02-30&to=2026-03-01")
    assert answer.status_code == 400
    assert "2026-02-30" in text(answer)


def test_tables_can_be_taken_away(desk, sessions):
    lines = desk.get("/territory/11/parts.csv?period=2026-01").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("xã N1,3,90,")
    assert lines[-1].split(",")[1:3] == ["4", "120"]
    assert desk.get("/territory/11/parts.xlsx?period=2026-01").content[:2] == b"PK"
    months = desk.get("/territory/11/trend.csv?period=2026-01").content.decode("utf-8-sig").splitlines()
    assert months[-1] == "01/2026,4,1"
    assert len(months) == 13


@pytest.mark.parametrize("window", ["2026-01", "2025-Q4", "2025-H2", "2025", "2025c", "2025-11c"])
def test_official_windows_open(desk, sessions, window):
    assert desk.get(f"/territory/11/?period={window}&calendar=civil").status_code == 200


def test_the_catalogue_is_searched_without_tone_marks(desk):
    page = text(desk.get("/figures/?q=buoi tuyen truyen"))
    assert "/figures/outreach_sessions/" in page
    assert "/figures/model_sites/" not in page
    only = text(desk.get("/figures/?only=available"))
    assert "/figures/crime_tips_received/" not in only
    fragment = text(desk.get("/figures/", headers={"HX-Request": "true"}))
    assert "<html" not in fragment


def test_an_indicator_says_what_it_counts_and_where_it_comes_from(desk, sessions):
    page = text(desk.get("/figures/outreach_sessions/?area=11&period=2026-01"))
    assert "Số buổi tuyên truyền, phát động tập trung" in page
    assert "/activities/" in page
    assert desk.get("/figures/residential_areas_with_model_rate/").status_code == 200
    assert desk.get("/figures/crime_tips_received/").status_code == 200
    assert desk.get("/figures/no-such/").status_code == 404


def test_figures_of_public_reports_stand_beside_ours(desk):
    page = text(desk.get("/figures/seeds/"))
    assert "2.135" in page


def test_the_report_is_read_on_screen_and_taken_away(officer, places, sessions):
    assert officer.get("/reports/").status_code == 200
    page = text(officer.get(f"/reports/?area={places['n1'].pk}&period=2026-01"))
    assert "Trong kỳ đã tổ chức 3 buổi tuyên truyền tập trung" in page
    assert officer.get("/reports/00001/2026-01.docx").content[:2] == b"PK"
    assert officer.get("/reports/00001/2026-01.pdf").content[:4] == b"%PDF"


def test_no_report_of_another_place(officer, places):
    assert officer.get("/reports/00004/2026-01.docx").status_code == 404
    assert officer.get("/reports/00001-01/2026-01.docx").status_code == 404
    assert officer.get(f"/reports/?area={places['n3'].pk}&period=2026-01").status_code == 422


def test_two_people_release_a_table(client, places, sessions):
    asker = user(Role.PROVINCE_DESK, area=places["n11"])
    client.force_login(asker)
    asked = {"area": places["n11"].pk, "period": "2026-01", "codes": ["outreach_attendances"], "reason": "hằng tháng"}
    page = client.post("/figures/releases/new/", asked).url
    assert "120" in text(client.get(page))
    client.post(f"{page}approval/", {"reason": "tự duyệt"})
    assert client.get(page).context["release"].decided_at is None
    client.force_login(user(Role.COMMITTEE, area=places["n11"]))
    assert client.post(f"{page}approval/", {"reason": ""}).status_code == 422
    client.post(f"{page}approval/", {"reason": "đã kiểm tra"})
    assert client.get(page).context["release"].is_approved
    assert "N11" in text(client.get("/figures/releases/"))


def test_a_release_elsewhere_is_out_of_sight(client, places, sessions):
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    asked = {"area": places["n11"].pk, "period": "2026-01", "codes": ["outreach_attendances"], "reason": "hằng tháng"}
    page = client.post("/figures/releases/new/", asked).url
    client.force_login(user(Role.COMMUNE_LEADER, area=places["n1"]))
    assert client.get(page).status_code == 404
    assert client.post(f"{page}refusal/", {"reason": "không được"}).status_code == 404
    assert client.post("/figures/releases/new/", asked).status_code == 422


def test_a_release_is_refused_with_a_reason(client, places, sessions):
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    asked = {"area": places["n11"].pk, "period": "2026-01", "codes": ["outreach_attendances"], "reason": "hằng tháng"}
    page = client.post("/figures/releases/new/", asked).url
    client.force_login(user(Role.MINISTRY_DESK, area=places["nation"]))
    client.post(f"{page}refusal/", {"reason": "chưa đủ xã"})
    assert "chưa đủ xã" in text(client.get(page))
