"""Entries of the navigation beside the registers' own."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.ui import navigation

ENTRIES = [
    navigation.Entry(
        _("Decisions on members and teams"),
        "registry:decisions",
        "check",
        (Permission.MEMBER_READ,),
        order=48,
        group=_("Registers"),
    ),
    navigation.Entry(
        _("Kinds of group"), "registry:kinds", "book", (Permission.REGISTER_READ,), order=49, group=_("Registers")
    ),
]
for entry in ENTRIES:
    navigation.add(entry)
