"""A workbook from the form to the figures, and every way in which it can be wrong."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.reporting import rollup
from luytre.reporting.models import Delivery, LineState, NotWaiting, Return, ReturnDraft
from luytre.reporting.returns.paper import Errand
from luytre.reporting.returns.sending import Locked
from luytre.reporting.workbooks import delivering, issuing, judging, telling
from luytre.reporting.workbooks.files import Trouble
from luytre.reporting.workbooks.words import CHANGED_MARK, TROUBLES
from tests.factories import commune, province, user
from tests.reporting.returns import factories as returns
from tests.reporting.returns.conftest import NOVEMBER, SENT_AT, moment
from tests.reporting.workbooks.factories import brought, issued, only_line, packed, replaced, sent

SHEET, HIDDEN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def words(one):
    return [row[3] for row in one.findings]


def test_a_filled_form_is_read_without_writing_then_sent_and_counts(errand, officer, media):
    one = brought(issued(errand, crime_tips_received="1.204"), errand.area, officer, SENT_AT)
    assert only_line(one).state == LineState.GOOD
    assert not Return.objects.exists()
    assert list((media / "deliveries").glob("*")) == []
    sent(one, officer, SENT_AT)
    assert only_line(one).state == LineState.SENT
    assert rollup.read(errand.area.parent, NOVEMBER).figure("crime_tips_received").value == 1204
    verbs = AuditEntry.objects.filter(actor=str(officer.pk)).values_list("verb", flat=True)
    assert {"workbooks_brought_in", "workbooks_told_to_send", "return_sent"} <= set(verbs)


def test_the_same_file_twice_sends_once(errand, officer):
    content = issued(errand, crime_tips_received="7")
    sent(brought(content, errand.area, officer, SENT_AT), officer, SENT_AT, "thêm một lời")
    again = brought(content, errand.area, officer, SENT_AT)
    assert only_line(again).state == LineState.SAME
    sent(again, officer, SENT_AT)
    assert Return.objects.get().number == 1


def test_sending_is_ordered_once(errand, officer):
    one = sent(brought(issued(errand), errand.area, officer, SENT_AT), officer, SENT_AT)
    with pytest.raises(NotWaiting):
        one.order_sending(by=officer, at=SENT_AT)


@pytest.mark.parametrize("text", ["-1", "NaN", "1000000000000000000", "một", "1,5", "10^18"])
def test_a_wrong_number_is_refused_with_its_cell(errand, officer, text):
    line = only_line(brought(issued(errand, fires_and_explosions=text), errand.area, officer, SENT_AT))
    assert line.state == LineState.REFUSED
    address, name, typed, _said = line.findings[0]
    assert address.rsplit("!", 1)[1].startswith("D")
    assert name
    assert typed == text.replace(".", "")
    assert not Return.objects.exists()


def test_an_empty_cell_asks_for_a_comment_and_one_for_all_lets_it_pass(errand, officer):
    content = issued(errand, whole="", fires_and_explosions="")
    one = brought(content, errand.area, officer, SENT_AT)
    assert only_line(one).state == LineState.ASKS
    sent(one, officer, SENT_AT, "chưa có số liệu cháy nổ")
    assert Return.objects.get().comments[""] == "chưa có số liệu cháy nổ"


def test_without_a_comment_what_asks_for_one_stays(errand, officer):
    one = brought(issued(errand, whole="", fires_and_explosions=""), errand.area, officer, SENT_AT)
    sent(one, officer, SENT_AT)
    assert only_line(one).state == LineState.ASKS
    assert not Return.objects.exists()


def test_a_unit_outside_ones_area_is_refused(errand, officer):
    other = Errand(errand.form, commune(parent=province("12", "Lai Châu")), NOVEMBER)
    line = only_line(brought(issued(other), errand.area, officer, SENT_AT))
    assert (line.state, Return.objects.count()) == (LineState.REFUSED, 0)


def test_a_period_that_is_not_over_is_refused(errand, officer):
    line = only_line(brought(issued(errand), errand.area, officer, moment(2026, 11, 3)))
    assert line.state == LineState.REFUSED


def test_a_locked_period_is_refused_and_stays_as_it_is(errand, officer, leader):
    report = returns.sent(errand, officer, SENT_AT)
    report.approve(by=leader, at=SENT_AT)
    report.lock(by=leader, at=SENT_AT)
    line = only_line(brought(issued(errand, base=1, crime_tips_received="9"), errand.area, officer, SENT_AT))
    assert (line.state, words(line)) == (LineState.REFUSED, [str(Locked.words)])
    assert Return.objects.get().number == 1


def test_what_was_sent_since_is_told_and_nothing_is_lost(errand, officer):
    returns.sent(errand, officer, SENT_AT, crime_tips_received="5")
    one = brought(issued(errand, crime_tips_received="9"), errand.area, officer, SENT_AT)
    line = only_line(one)
    assert line.state == LineState.CONFLICT
    assert [(mine, theirs) for _name, mine, theirs in telling.both(line).rows] == [("9", "5")]
    sent(one, officer, SENT_AT, "x")
    assert Return.objects.get().number == 1
    state = delivering.send_over(line, 1, by=officer, at=SENT_AT)
    assert (state, Return.objects.get().number) == (LineState.SENT, 2)


def test_a_newer_version_than_the_one_looked_at_is_not_overwritten(errand, officer):
    returns.sent(errand, officer, SENT_AT, crime_tips_received="5")
    line = only_line(brought(issued(errand, crime_tips_received="9"), errand.area, officer, SENT_AT))
    returns.sent(errand, officer, SENT_AT, crime_tips_received="6")
    assert delivering.send_over(line, 1, by=officer, at=SENT_AT) == LineState.CONFLICT
    assert Return.objects.get().number == 2


def test_it_can_go_into_the_draft_instead(errand, officer):
    one = brought(issued(errand, fires_and_explosions="hai"), errand.area, officer, SENT_AT)
    delivering.keep_as_draft(only_line(one), by=officer, at=SENT_AT)
    assert ReturnDraft.objects.get().typed["v-fires_and_explosions"] == "hai"


def test_a_sheet_with_another_name_is_read_all_the_same(errand, officer):
    content = issued(errand)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        book = source.read("xl/workbook.xml").decode()
    name = book.split('<sheet name="', 1)[1].split('"', 1)[0]
    renamed = replaced(content, "xl/workbook.xml", f'<sheet name="{name}"', '<sheet name="Trang khác"')
    assert only_line(brought(renamed, errand.area, officer, SENT_AT)).state == LineState.GOOD


def test_a_changed_hidden_sheet_is_refused(errand, officer):
    changed = replaced(issued(errand), "xl/sharedStrings.xml", ">2026-11-14<", ">2026-11-13<")
    line = only_line(brought(changed, errand.area, officer, SENT_AT))
    assert (line.state, words(line)) == (LineState.REFUSED, [str(CHANGED_MARK)])


def test_a_number_of_a_register_in_the_file_is_not_taken(errand, officer):
    texts = dict.fromkeys(errand.form.codes, "0")
    content = issuing.write(issuing.Face(errand, 0, texts, {"": "x"}, {"outreach_sessions": 99_00}))
    sent(brought(content, errand.area, officer, SENT_AT), officer, SENT_AT)
    assert Return.objects.get().seen["outreach_sessions"] == 0


def test_an_upload_cut_short_leaves_nothing(errand, officer):
    content = issued(errand)
    line = only_line(brought(content[: len(content) // 2], errand.area, officer, SENT_AT))
    assert (line.state, words(line)) == (LineState.REFUSED, [str(TROUBLES[Trouble.BROKEN])])
    assert not Return.objects.exists()


def test_a_zip_tells_what_is_good_what_is_not_and_what_is_missing(errand, officer):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    other, silent = commune(parent=errand.area.parent), commune(parent=errand.area.parent)
    files = {
        "a/1.xlsx": issued(errand, crime_tips_received="3"),
        "a/1-lan-nua.xlsx": issued(errand, crime_tips_received="4"),
        "b/2.xlsx": issued(Errand(errand.form, other, NOVEMBER), fires_and_explosions="hai"),
        "b/macro.xlsm": issued(errand),
        "b/so.csv": b"a,b",
        "../ngoai.xlsx": issued(errand),
        "__MACOSX/x": b"",
    }
    one = brought(packed(files), errand.area.parent, desk, SENT_AT, "nop.zip")
    states = dict(one.lines.values_list("name", "state"))
    good = [name for name, state in states.items() if state == LineState.GOOD]
    assert len(states) == one.total == 6
    assert len(good) == 1
    [gap] = telling.missing(one)
    assert gap.units == [silent]
    sent(one, desk, SENT_AT)
    assert Return.objects.get().area == errand.area
    assert telling.report(one)[:2] == b"PK"


def test_reading_that_was_broken_off_goes_on_where_it_was(errand, officer, monkeypatch):
    files = {f"{n}.xlsx": issued(Errand(errand.form, commune(parent=errand.area.parent), NOVEMBER)) for n in range(3)}
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    monkeypatch.setattr("luytre.reporting.workbooks.zips.A_CHUNK", 1)
    judge, calls = judging.judge, []

    def fail_once(many, **more):
        calls.append(len(list(many)))
        if len(calls) == 3:
            raise KeyboardInterrupt
        return judge(many, **more)

    monkeypatch.setattr(judging, "judge", fail_once)
    with pytest.raises(KeyboardInterrupt):
        brought(packed(files), errand.area.parent, desk, SENT_AT, "nop.zip")
    one = Delivery.objects.get()
    assert (one.lines.count(), one.is_being_read) == (1, True)
    delivering.read(one, at=SENT_AT)
    assert sorted(one.lines.values_list("name", flat=True)) == sorted(files)
    assert {line.state for line in one.lines.all()} == {LineState.GOOD}


def test_sending_that_was_broken_off_sends_none_twice(errand, officer, monkeypatch):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    files = {f"{n}.xlsx": issued(Errand(errand.form, commune(parent=errand.area.parent), NOVEMBER)) for n in range(3)}
    one = brought(packed(files), errand.area.parent, desk, SENT_AT, "nop.zip")
    send, calls = judging.send, []

    def fail_second(found, **more):
        calls.append(found)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return send(found, **more)

    monkeypatch.setattr(judging, "send", fail_second)
    with pytest.raises(KeyboardInterrupt):
        sent(one, desk, SENT_AT)
    assert Return.objects.count() == 1
    delivering.send(one, at=SENT_AT)
    assert [report.number for report in Return.objects.all()] == [1, 1, 1]


def test_checking_many_asks_no_more_of_the_database_than_checking_few(errand, django_assert_max_num_queries):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    files = {f"{n}.xlsx": issued(Errand(errand.form, commune(parent=errand.area.parent), NOVEMBER)) for n in range(12)}
    content = packed(files)
    with django_assert_max_num_queries(45):
        brought(content, errand.area.parent, desk, SENT_AT, "nop.zip")


def test_a_file_that_nobody_came_back_to_is_forgotten(errand, officer, media):
    one = delivering.bring_in(SimpleUploadedFile("a.zip", b"PK"), office=errand.area, by=officer, at=SENT_AT)
    path = delivering.path_of(one)
    os.utime(path, (0, 0))
    assert delivering.forget_files(before=timezone.now() + timedelta(days=200)) == 1
    one.refresh_from_db()
    assert not path.exists()
    assert one.trouble


def test_without_its_hidden_sheet_it_is_an_offices_own_workbook(errand, officer):
    """Renaming it is as good as deleting it: nothing says any more whose return this is."""
    bare = replaced(issued(errand), "xl/workbook.xml", '<sheet name="luytre"', '<sheet name="khac"')
    one = brought(bare, errand.area, officer, SENT_AT)
    assert (only_line(one).state, words(only_line(one))) == (LineState.REFUSED, [str(TROUBLES[Trouble.NOT_OURS])])
    assert delivering.wants_mapping(one)
