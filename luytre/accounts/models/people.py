"""People with an account: created by the area above, never by themselves."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS, Role
from luytre.areas.models import Area, Scope, Standing, valid_on
from luytre.common.reading import PRIMARY
from luytre.common.text import clean, fold

GONE = "gone-"  # what a user name becomes when retention has blanked the account


def tidy_name(typed: str) -> str:
    """A user name or phone number as it is stored, however it was typed: "0912 345 678", "+84912…"."""
    name = "".join(typed.lower().split())
    digits = name.replace(".", "").replace("-", "")
    if digits.removeprefix("+").isdigit():
        return f"0{digits[3:]}" if digits.startswith("+84") else digits
    return name


class UserQuerySet(models.QuerySet["User"]):
    def within(self, scope: Scope) -> Self:
        """People who serve in the scope; those who have left stay with the place they left."""
        from luytre.accounts.models.assignments import Assignment

        own = Assignment.objects.filter(user=OuterRef("pk"))
        here = own.within(scope)
        left = ~Exists(own.not_ended(scope.on)) & Exists(here)
        return self.filter(Exists(here.not_ended(scope.on)) | left)

    def matching(self, words: str) -> Self:
        """Search without tone marks, each word anywhere in the name, user name or phone number."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(Q(folded__contains=word) | Q(phone__startswith=word))
        return rows

    def holding(self, role: str, *, on: date) -> Self:
        return self.filter(valid_on(on, "assignments__"), assignments__role=role).distinct()

    def serving_in(self, place: Area, *, on: date) -> Self:
        """Who serves at or under a place on a day."""
        from luytre.accounts.models.assignments import Assignment

        return self.filter(pk__in=Assignment.objects.not_ended(on).of(place, on=on).values("user"))

    def suspended(self) -> Self:
        return self.filter(suspensions__isnull=False, suspensions__lifted_at=None)

    def called(self, typed: str) -> "User | None":
        """Who signs in with this user name or phone number."""
        name = tidy_name(typed)
        return self.filter(username=name).first() or self.filter(phone=name).first() if name else None

    def left_before(self, day: date) -> Self:
        """Whose last assignment ended before a day, or who never had one since; not yet blanked."""
        from luytre.accounts.models.assignments import Assignment

        serving = Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), user=OuterRef("pk"))
        return self.exclude(username__startswith=GONE).filter(~Exists(serving), joined_at__date__lt=day)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = User(username=tidy_name(username), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(username=tidy_name(username or ""))
        return found


class User(AbstractBaseUser):
    """Somebody with an account."""

    username = models.CharField(
        _("user name"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]{2,39}$", _("3 to 40 letters without marks, digits, . _ -"))],
    )
    phone = models.CharField(
        _("phone number"),
        max_length=12,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^0\d{9,10}$", _("ten digits that start with 0, such as 0912345678"))],
    )
    full_name = models.CharField(_("full name"), max_length=120)
    folded = models.CharField(_("for the search"), max_length=200, editable=False)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    joined_at = models.DateTimeField(_("since"), default=timezone.now)
    must_change_password = models.BooleanField(_("must choose a password"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = clean(self.full_name)
        self.folded = fold(f"{self.full_name} {self.username}")
        super().save(*args, **kwargs)

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Sign-in asks this; suspensions are rows, so that who and why stay known."""
        return not self.suspensions.filter(lifted_at=None).exists()

    def may(self, permission: Permission, *, on: date) -> bool:
        return bool(self.scope(permission, on=on))

    def scope(self, *permissions: Permission, on: date) -> Scope:
        """Where this person may do any of these things on a day."""
        roles = [role for role, grant in GRANTS.items() if grant.permissions.intersection(permissions)]
        held = self.assignments.filter(valid_on(on), role__in=roles).values("area")
        stands = Standing.objects.using(PRIMARY).offices(on).filter(area__in=held)  # a right that ends, ends at once
        return Scope(tuple(sorted(set(stands.values_list("path", flat=True)))), on)

    def roles_on(self, day: date) -> frozenset[str]:
        return frozenset(self.assignments.on(day).values_list("role", flat=True))

    def is_auditor(self, *, on: date) -> bool:
        """Also when the assignment only begins later: an auditor is out of reach from the day of naming."""
        return self.assignments.not_ended(on).filter(role=Role.AUDITOR).exists()

    @transaction.atomic
    def choose_password(self, password: str) -> None:
        """The person's own act, after a one-time code or at will; a code still open is worth nothing now."""
        self.codes.filter(used_at=None).delete()
        self.set_password(password)
        self.must_change_password = False
        self.save(update_fields=["password", "must_change_password"])
        audit.record(self, "password_chosen", by=self)

    def area_path(self, *, on: date) -> str:
        """Where the trail files what happens to this account."""
        first = self.assignments.not_ended(on).select_related("area").order_by("valid_from", "pk").first()
        place: Area | None = first.area if first else None
        return place.path if place else ""
