"""One-time codes: printed on a slip, good for one sign-in, never stored as they are."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models.people import User

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another on paper
LENGTH = 10
GOOD_FOR = timedelta(days=7)


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def spaced(code: str) -> str:
    """As it is printed: two groups are easier to type."""
    return f"{code[:5]}-{code[5:]}"


def hashed(purpose: str, typed: str) -> str:
    """Keyed, so that who reads the database cannot try codes against it."""
    tidy = typed.upper().replace("-", "").replace(" ", "")
    return salted_hmac(f"luytre.accounts.codes.{purpose}", tidy, algorithm="sha256").hexdigest()


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    def open_at(self, moment: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=moment)

    def use(self, user: User, typed: str, *, at: datetime) -> bool:
        """True once for the right code; a second try at the same moment loses."""
        rows = self.open_at(at).filter(user=user, code_hash=hashed(f"sign-in.{user.pk}", typed))
        return rows.update(used_at=at) == 1


class OneTimeCode(models.Model):
    """A code by which somebody signs in once and then chooses a password."""

    user = models.ForeignKey(User, models.PROTECT, related_name="codes", verbose_name=_("account"))
    code_hash = models.CharField(_("code"), max_length=64)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used at"), null=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(used_at=None), name="code_one_open"),
            models.CheckConstraint(condition=~Q(issued_by=F("user")), name="code_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"

    @classmethod
    def issue(cls, user: User, *, by: User | None, at: datetime) -> str:
        """Replace whatever was issued before; the answer is the only time the code is seen."""
        cls.objects.filter(user=user, used_at=None).delete()
        code = new_code()
        cls.objects.create(
            user=user,
            code_hash=hashed(f"sign-in.{user.pk}", code),
            issued_at=at,
            issued_by=by,
            expires_at=at + GOOD_FOR,
        )
        return code
