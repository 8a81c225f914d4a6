"""What the search over everything finds here: people with an account, for those who may see them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.administration import purposes
from luytre.ui import search
from luytre.ui.search import Asked, Finder, Hit


def people(asked: Asked) -> Any:
    return User.objects.within(asked.scope).matching(asked.words).order_by("folded", "pk")


def person_hit(person: User) -> Hit:
    return Hit(person.full_name, reverse("administration:person", args=[person.pk]), person.username)


def trace(shown: Iterable[User], by: User) -> None:
    purposes.listed(shown, by=by, purpose=purposes.ACCOUNTS)


search.add(Finder("people", _("Accounts"), (Permission.ACCOUNT_READ,), people, person_hit, order=80, trace=trace))
