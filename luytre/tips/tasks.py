"""What the tip line does by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luytre.tips import clock, days


@app.periodic(cron="35 17 * * *")  # in UTC: half past midnight in Viet Nam
@app.task(queueing_lock="close_days_of_tips")
def close_days_of_tips(timestamp: int) -> None:
    """The day's sealed parts get their public root."""
    days.close_all(before=timezone.localdate())


@app.periodic(cron="2 * * * *")
@app.task(queueing_lock="mark_missed_clocks")
def mark_missed_clocks(timestamp: int) -> None:
    """A clock that ran out unmet is seen by the desk, its superior and the auditor."""
    clock.mark_breaches(now=timezone.now())
