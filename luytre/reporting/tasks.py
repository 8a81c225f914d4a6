"""What the figures have done every night."""

import logging
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from luytre.reporting.facts import keeping
from luytre.reporting.models import Delivery
from luytre.reporting.returns import reminding
from luytre.reporting.workbooks import delivering

logger = logging.getLogger(__name__)


@app.periodic(cron="15 18 * * *")  # in UTC: a quarter past one at night in Viet Nam
@app.task(queueing_lock="verify_sums")
def verify_sums(timestamp: int) -> None:
    """Kept sums against the records; a difference is an alarm, never mended in silence."""
    for difference in keeping.verify():
        logger.error("A kept sum differs from the records: %s", difference)


@app.periodic(cron="5 18 * * *")  # in UTC: five past one at night in Viet Nam
@app.task(queueing_lock="open_years")
def open_years(timestamp: int) -> None:
    """Stocks are added up to the end of a year that is over, so that reading them stays short."""
    keeping.open_years(today=timezone.localdate())


@app.periodic(cron="45 22 * * *")  # in UTC: a quarter to six in the morning in Viet Nam
@app.task(queueing_lock="remind_of_returns")
def remind_of_returns(timestamp: int) -> None:
    """Returns that are nearly due or overdue, as notices inside the system."""
    reminding.remind_all(today=timezone.localdate(), at=timezone.now())


@app.task
def read_delivery(pk: int) -> None:
    """The workbooks of a zip; broken off and begun again, it goes on where it was."""
    delivery = Delivery.objects.get(pk=pk)
    if delivery.is_being_read:
        delivering.read(delivery, at=timezone.now())


@app.task
def send_delivery(pk: int) -> None:
    """What somebody told to send, each file by itself."""
    delivery = Delivery.objects.select_related("by").get(pk=pk)
    if delivery.is_being_sent:
        delivering.send(delivery, at=timezone.now())


@app.periodic(cron="40 19 * * *")  # in UTC: twenty to three at night in Viet Nam
@app.task(queueing_lock="forget_deliveries")
def forget_deliveries(timestamp: int) -> None:
    """Workbooks that nobody came back to are not kept."""
    delivering.forget_files(before=timezone.now() - timedelta(days=2))
