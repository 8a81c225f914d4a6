"""Tokens by which programs work for the person who made them; only a hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.callers import Caller
from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area

PREFIX = "lt_"
LIFETIME = timedelta(days=365)
SEEN_EVERY = timedelta(hours=1)  # "last used" needs no write at every call


def hashed(secret: str) -> str:
    """A plain hash is enough: the secret is 256 random bits, so it cannot be guessed from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class AlreadyRevoked(Exception):
    """The token was revoked before."""


class TokenQuerySet(models.QuerySet["Token"]):
    def valid_at(self, at: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=at)

    def known_by(self, secret: str, *, at: datetime) -> "Token | None":
        return self.valid_at(at).select_related("user", "area").filter(secret_hash=hashed(secret)).first()


class Token(models.Model):
    """Lets a program do what its owner may do, cut to an area and to permissions, until it expires or is revoked."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens", verbose_name=_("account"))
    name = models.CharField(_("what it is for"), max_length=80)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only for this place")
    )
    permissions = ArrayField(
        models.CharField(max_length=40),
        default=list,
        verbose_name=_("what it may do"),
        help_text=_("nothing named: all that its owner may do"),
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    last_wrote_at = models.DateTimeField(_("last wrote"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=models.F("created_at")),
                name="token_revoked_after_made",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def issue(self, *, by: User, at: datetime, lifetime: timedelta = LIFETIME) -> str:
        """Save the token for its maker; the answer is the secret, seen this once."""
        secret = PREFIX + secrets.token_urlsafe(32)
        self.user, self.secret_hash = by, hashed(secret)
        self.created_at, self.expires_at = at, at + lifetime
        self.save(force_insert=True)
        audit.record(self, "issued", by=by)
        return secret

    @transaction.atomic
    def revoke(self, *, by: User, at: datetime) -> None:
        if self.revoked_at:
            raise AlreadyRevoked(self)
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
        audit.record(self, "revoked", by=by)

    def used(self, *, at: datetime, to_write: bool = False) -> None:
        """What was written is remembered to the moment: until replicas have it, the program reads from the primary."""
        if to_write:
            Token.objects.filter(pk=self.pk).update(last_used_at=at, last_wrote_at=at)
        elif not self.last_used_at or at - self.last_used_at > SEEN_EVERY:
            Token.objects.filter(pk=self.pk).update(last_used_at=at)

    @property
    def caller(self) -> Caller:
        return Caller(self.user, self.area, frozenset(self.permissions))

    @property
    def permission_names(self) -> list[str]:
        return [str(Permission(one).label) for one in self.permissions]

    @property
    def state(self) -> str:
        if self.revoked_at:
            return "revoked"
        return "valid" if self.expires_at > timezone.now() else "expired"
