"""What the accounts have done every night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luytre.accounts import retention


@app.periodic(cron="5 19 * * *")  # in UTC: five past two at night in Viet Nam
@app.task(queueing_lock="erase_what_is_due")
def erase_what_is_due(timestamp: int) -> None:
    """Every personal field has its time (rights rule R15)."""
    retention.erase_due(today=timezone.localdate())
