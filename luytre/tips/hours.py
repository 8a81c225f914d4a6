"""Time on tip routes is told to the hour, so that it cannot be laid beside what a network saw (rights rule R2)."""

from datetime import datetime

from django.utils import timezone


def on_the_hour(moment: datetime | None = None) -> datetime:
    return (moment or timezone.now()).replace(minute=0, second=0, microsecond=0)
