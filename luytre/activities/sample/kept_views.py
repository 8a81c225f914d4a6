"""Views of figures that the sample accounts have kept: ten years across the reform, and what each desk looks at."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from luytre.accounts.models import User
from luytre.activities.sample.chance import evening
from luytre.activities.sample.people import MUONG_PHANG
from luytre.reporting.models import SavedView, offices_of

Page = SavedView.Page
MEETINGS, PEOPLE = "outreach_sessions", "outreach_attendances"
KEPT: list[tuple[str, str, str, dict[str, str | list[str]]]] = [
    ("bo", "Đồng Nai qua mười năm", Page.TREND, {"indicator": MEETINGS, "area": "75", "step": "year", "count": "11"}),
    (
        "bo",
        "Các tỉnh theo quý, so với cùng kỳ",
        Page.TABLE,
        {
            "indicator": [MEETINGS, PEOPLE],
            "area": "0",
            "below": "children",
            "step": "quarter",
            "count": "4",
            "change": "1",
        },
    ),
    (
        "tinh",
        "Các xã của Điện Biên theo tháng",
        Page.TABLE,
        {"indicator": MEETINGS, "area": "11", "below": "children", "step": "month", "count": "6"},
    ),
    (
        "canboxa",
        "Các bản của xã theo quý",
        Page.TABLE,
        {"indicator": MEETINGS, "area": MUONG_PHANG, "below": "children", "step": "quarter", "count": "4"},
    ),
]


def load(accounts: Mapping[str, User], *, today: date) -> None:
    for username, name, page, query in KEPT:
        owner = accounts[username]
        view = SavedView(name=name, page=page, query=urlencode(query, doseq=True))
        view.office = offices_of(owner, on=today).first()
        view.keep(by=owner, at=evening(today))
