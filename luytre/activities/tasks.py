"""What rooms have done by themselves."""

from django.utils import timezone
from procrastinate.contrib.django import app

from luytre.activities.models.outreach_rooms import close_what_is_over


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="close_rooms")
def close_rooms(timestamp: int) -> None:
    """A room whose hours are over forgets its code, its salt and its marks (rights rule R16)."""
    close_what_is_over(at=timezone.now())
