import asyncio
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from luytre.running.chaining import keep_chaining
from luytre.running.folding import keep_folding

HEARTBEAT = 5.0  # seconds; `/healthz` waits for thirty


class Command(BaseCommand):
    help = "Does the jobs that wait, chains the audit trail and folds the sums, until stopped."

    def handle(self, **options: Any) -> None:
        stop = Event()
        standing = [
            Thread(target=keep_chaining, args=[stop], name="chaining"),
            Thread(target=keep_folding, args=[stop], name="folding"),
        ]
        for task in standing:
            task.start()
        try:
            asyncio.run(work())
        finally:
            stop.set()
            for task in standing:
                task.join()


async def work() -> None:
    """One job at a time; a SIGTERM lets the running one end."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        async with app.open_async():
            await app.run_worker_async(
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                shutdown_graceful_timeout=5,
            )
