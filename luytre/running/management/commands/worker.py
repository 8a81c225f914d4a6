import asyncio
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from luytre.running.chaining import keep_chaining

HEARTBEAT = 5.0  # seconds; `/healthz` waits for thirty


class Command(BaseCommand):
    help = "Does the jobs that wait and chains the audit trail, until stopped."

    def handle(self, **options: Any) -> None:
        stop = Event()
        chaining = Thread(target=keep_chaining, args=[stop], name="chaining")
        chaining.start()
        try:
            asyncio.run(work())
        finally:
            stop.set()
            chaining.join()


async def work() -> None:
    """One job at a time; a SIGTERM lets the running one end."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await app.run_worker_async(
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                shutdown_graceful_timeout=5,
            )
