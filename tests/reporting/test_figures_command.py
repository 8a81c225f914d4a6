import json
from datetime import date

import pytest
from django.core.management import call_command

from luytre.activities.models import OutreachSession


@pytest.fixture
def told(places, clerk, capsys):
    for place in ("c1", "r1", "c4"):
        OutreachSession(area=places[place], held_on=date(2025, 3, 1), place="Sân", attendance=10).add(by=clerk)

    def ask(*words: str) -> str:
        call_command("figures", *words)
        return capsys.readouterr().out

    return ask


def refused(capsys, *words: str) -> str:
    with pytest.raises(SystemExit) as exit:
        call_command("figures", *words)
    assert exit.value.code == 2
    return capsys.readouterr().err


def test_a_figure_as_json(told):
    answer = json.loads(told("11", "outreach_sessions", "--from", "2025-01-01", "--to", "2025-06-30", "--json"))
    assert list(answer)[:4] == ["area", "name", "indicator", "from"]
    assert {"area": "11", "indicator": "outreach_sessions", "from": "2025-01-01", "to": "2025-06-30"}.items() <= (
        answer.items()
    )
    assert (answer["value"], answer["qualifier"], answer["unit"]) == (2, "exact", "buổi")
    assert [(part["area"], part["value"]) for part in answer["parts"]] == [("101", 2)]


def test_a_figure_for_people(told):
    shown = told("11", "outreach_attendances", "--period", "2025-03")
    assert "20 lượt người" in shown


def test_another_day_gives_another_territory(told):
    words = ["11", "outreach_sessions", "--period", "2025-03", "--territory", "2026-01-01", "--json"]
    assert json.loads(told(*words))["value"] == 3


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (("12", "outreach_sessions", "--from", "2026-01-01", "--to", "2026-02-01"), "30/06/2025"),
        (("99", "outreach_sessions", "--period", "2025"), "99"),
        (("11", "outreach_session", "--period", "2025"), "outreach_sessions"),
        (("11", "crime_tips_received", "--period", "2025"), "nhận được"),
        (("11", "outreach_sessions", "--period", "2025-14"), "2026-Q3"),
        (("11", "outreach_sessions", "--from", "2025-02-30", "--to", "2025-03-01"), "2025-02-30"),
        (("11", "outreach_sessions", "--from", "2025-03-02", "--to", "2025-03-01"), ""),
        (("11", "outreach_sessions", "--from", "2025-03-02"), ""),
        (("11", "outreach_sessions"), "2026-11"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_mend(places, capsys, words, mend):
    assert mend in refused(capsys, *words)
