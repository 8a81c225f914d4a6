"""Typed numbers and sessions over some years of the small country, some rough, one place divided by shares."""

from datetime import UTC, date, datetime

from luytre.accounts.models import User
from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.common import periods
from luytre.reporting.facts import posting
from tests.reporting.facts.forms import form

NOW = datetime(2026, 4, 1, tzinfo=UTC)
TYPED = ("criminal_cases", "cases_occurred", "cases_resolved", "tip_boxes")
RATIOS = ("crime_change_rate", "case_clearance_rate")
SESSIONS = ("outreach_sessions", "outreach_attendances")


def record(places: dict[str, Area], clerk: User) -> None:
    for key, day, people, qualifier in [
        ("n1", date(2026, 1, 5), 30, "exact"),
        ("s1", date(2026, 1, 20), 45, "about"),
        ("n3", date(2025, 12, 15), 12, "exact"),
        ("c2", date(2025, 1, 5), 80, "nearly"),
        ("c4", date(2024, 12, 31), 7, "exact"),
    ]:
        OutreachSession(
            area=places[key], held_on=day, place="Sân", attendance=people, attendance_qualifier=qualifier
        ).add(by=clerk)
    monthly = form(*TYPED)
    for key, month, values, said in [
        ("c1", (2025, 1), [5_00, 3_00, 2_00, 10_00], {}),
        ("c2", (2025, 2), [7_00, 0, 0, 3_00], {TYPED[0]: "about", TYPED[3]: "nearly"}),
        ("c4", (2025, 2), [1_00, 1_00, 1_00, 0], {}),
        ("n1", (2026, 1), [11_00, 9_00, 3_00, 12_00], {}),
        ("n3", (2026, 2), [0, 0, 0, 4_00], {}),
    ]:
        window = periods.month(*month)
        posting.submit(monthly, places[key], window, values, by=clerk, at=NOW, base_number=0, qualifiers=said)
