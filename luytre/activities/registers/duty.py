"""The line of the navigation that opens the duty rosters; they are planned, not kept as a register."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.ui import navigation

navigation.add(
    navigation.Entry(
        label=_("duty rosters"),
        url_name="activities:duty-teams",
        icon="duty",
        permissions=(Permission.DUTY_READ, Permission.DUTY_WRITE),
        order=47,
        group=_("Registers"),
    )
)
