"""Opening a room, with or without its three questions."""

from datetime import datetime, timedelta

from django.db import transaction

from luytre.accounts.models import User
from luytre.activities.models import LearningCheck, PlannedSession, Room, Topic


@transaction.atomic
def open_for(planned: PlannedSession, *, by: User, at: datetime, hours: int, topic: Topic | None) -> Room:
    if topic:
        LearningCheck.start(planned, topic, by=by, at=at)
    return Room.open(planned, by=by, at=at, until=at + timedelta(hours=hours))
