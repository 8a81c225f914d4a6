"""How often one caller may ask: leaky buckets in the memory of this process, so that nothing about callers is kept.

Every process of the web server counts for itself. Who calls without a token is told apart by a keyed hash of the
address; the key is made when the process starts and is known to nobody, so the hash says nothing outside it.
"""

import hmac
import math
import secrets
import time
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings

MOST_CALLERS = 20_000  # remembered at once; past that, those with an empty bucket are forgotten


@dataclass(frozen=True)
class Allowance:
    """So many calls a minute in the long run, and so many at once."""

    per_minute: int
    at_once: int

    @property
    def spacing(self) -> float:
        """Seconds that one call uses up."""
        return 60 / self.per_minute


@dataclass(frozen=True)
class Taken:
    """What a call found: whether it may go on, how many more may follow at once, seconds until the next may."""

    is_allowed: bool
    limit: int
    remaining: int
    wait: float

    @property
    def headers(self) -> dict[str, str]:
        told = {"RateLimit-Limit": str(self.limit), "RateLimit-Remaining": str(self.remaining)}
        seconds = str(math.ceil(self.wait))
        return {**told, "RateLimit-Reset": seconds} | ({} if self.is_allowed else {"Retry-After": seconds})


@dataclass
class Buckets:
    """For each caller the moment at which everything asked so far would be paid off."""

    paid_at: dict[bytes, float] = field(default_factory=dict)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    lock: Lock = field(default_factory=Lock)

    def take(self, caller: str, allowance: Allowance) -> Taken:
        """One call; a refused one costs nothing, so that waiting always helps."""
        now, name = time.monotonic(), self.hidden(caller)
        with self.lock:
            before = max(self.paid_at.get(name, now), now)
            after = before + allowance.spacing
            room = allowance.at_once * allowance.spacing - (after - now)
            if room < -1e-9:
                return Taken(False, allowance.per_minute, 0, -room)
            self.paid_at[name] = after
            self.forget(now)
        remaining = int(room / allowance.spacing + 1e-9)
        return Taken(True, allowance.per_minute, remaining, 0 if remaining else allowance.spacing)

    def hidden(self, caller: str) -> bytes:
        return hmac.digest(self.key, caller.encode(), "sha256")[:16]

    def forget(self, now: float) -> None:
        if len(self.paid_at) > MOST_CALLERS:
            kept = sorted(self.paid_at.items(), key=lambda one: one[1])[MOST_CALLERS // 2 :]
            self.paid_at = {name: at for name, at in kept if at > now}


BUCKETS = Buckets()


def take(caller: str, *, has_token: bool) -> Taken:
    per_minute = settings.API_CALLS_A_MINUTE["token" if has_token else "anybody"]
    return BUCKETS.take(caller, Allowance(per_minute, max(1, per_minute // 2)))
