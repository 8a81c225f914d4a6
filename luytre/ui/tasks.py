"""What the register kit has done every night."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from luytre.ui import models
from luytre.ui.kit.import_pages import forget_uploads


@app.periodic(cron="35 19 * * *")  # in UTC: twenty-five to three at night in Viet Nam
@app.task(queueing_lock="forget_uploads")
def forget_uploaded_workbooks(timestamp: int) -> None:
    """A workbook that nobody brought in is not kept."""
    forget_uploads(before=timezone.now())


@app.periodic(cron="40 19 * * *")
@app.task(queueing_lock="forget_stray_photos")
def forget_stray_photos(timestamp: int) -> None:
    """A picture whose record never came about is not kept."""
    models.forget_strays(before=timezone.now() - timedelta(days=1))
