"""Read replicas: who only looks may read from a copy of the database, who has just written reads from the primary.

A replica is used while it has replayed what the primary had written `MOST_BEHIND` ago; that is less than the time for
which a writer stays with the primary, so that nobody misses their own record.
"""

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, InterfaceError, OperationalError, connections, models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from luytre.common import reading
from luytre.common.reading import PRIMARY, SETTLED

MOST_BEHIND = SETTLED / 2
CHECKED_EVERY = timedelta(seconds=1)
LEFT_OUT = timedelta(seconds=10)  # a replica that does not answer is asked again after this
COOKIE = "luytre_wrote"
SAFE = ("GET", "HEAD")
# Who somebody is and what they may do is asked of the primary: a suspension counts at once.
PRIMARY_APPS = {"accounts", "account", "api", "audit", "auth", "axes", "mfa", "procrastinate", "sessions"}
PRIMARY_PAGES = ("allauth.", "luytre.accounts.", "luytre.administration.", "luytre.api.views", "luytre.running.")


class Router:
    """Writes go to the primary, and after one the rest of the request reads there too."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return PRIMARY if model._meta.app_label in PRIMARY_APPS else reading.database.get()

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        if model._meta.app_label not in PRIMARY_APPS:
            reading.stay()
        return PRIMARY

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


def position(alias: str, function: str) -> Decimal:
    """How far a server's log has come, in bytes."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT pg_wal_lsn_diff({function}(), '0/0')")
        found: Decimal | None = cursor.fetchone()[0]
    if found is None:
        raise OperationalError(f"{alias} is no replica")
    return found


@dataclass
class Watch:
    """What this process knows about the replicas; asked at most once a second, by whoever comes then."""

    aliases: list[str]
    fresh: list[str] = field(default_factory=list)
    marks: deque[tuple[float, Decimal]] = field(default_factory=deque)
    asked_at: float = float("-inf")
    away_until: dict[str, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def choose(self) -> str:
        if time.monotonic() - self.asked_at >= CHECKED_EVERY.total_seconds() and self.lock.acquire(blocking=False):
            try:
                self.ask()
            finally:
                self.lock.release()
        return random.choice(self.fresh) if self.fresh else PRIMARY  # noqa: S311

    def ask(self) -> None:
        now = time.monotonic()
        self.asked_at = now
        self.marks.append((now, position(PRIMARY, "pg_current_wal_lsn")))
        while self.marks[0][0] < now - MOST_BEHIND.total_seconds():
            self.marks.popleft()
        self.fresh = [alias for alias in self.aliases if self.away_until.get(alias, 0) <= now and self.is_fresh(alias)]

    def is_fresh(self, alias: str) -> bool:
        """It has what the primary had at the oldest mark that is young enough."""
        try:
            return position(alias, "pg_last_wal_replay_lsn") >= self.marks[0][1]
        except Error:
            self.leave_out(alias)
            return False

    def leave_out(self, alias: str) -> None:
        self.away_until[alias] = time.monotonic() + LEFT_OUT.total_seconds()
        self.fresh = [other for other in self.fresh if other != alias]
        connections[alias].close()


class ReplicaMiddleware:
    """Chooses where a request reads, and remembers in the browser for some seconds that it wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        aliases = [alias for alias in settings.DATABASES if alias != PRIMARY]
        if not aliases:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.watch = Watch(aliases)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading.from_(self.place_for(request)):
            response = self.get_response(request)
        if request.method not in SAFE and request.user.is_authenticated:
            options: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
            response.set_signed_cookie(COOKIE, "1", max_age=SETTLED, **options)
        return response

    def place_for(self, request: HttpRequest) -> str:
        if request.method not in SAFE or request.get_signed_cookie(COOKIE, default="", max_age=SETTLED):
            return PRIMARY
        return self.watch.choose()

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        if view.__module__.startswith(PRIMARY_PAGES):
            reading.stay()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A replica that fails while it is read is left out, and the page is asked of the primary."""
        alias = reading.database.get()
        if alias == PRIMARY or not isinstance(error, OperationalError | InterfaceError) or not request.resolver_match:
            return None
        self.watch.leave_out(alias)
        reading.stay()
        match = request.resolver_match
        found: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return found
