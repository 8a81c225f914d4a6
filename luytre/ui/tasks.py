"""What the register kit has done every night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luytre.ui.kit.uploads import forget_uploads


@app.periodic(cron="35 19 * * *")  # in UTC: twenty-five to three at night in Viet Nam
@app.task(queueing_lock="forget_uploads")
def forget_uploaded_workbooks(timestamp: int) -> None:
    """A workbook that nobody brought in is not kept."""
    forget_uploads(before=timezone.now())
