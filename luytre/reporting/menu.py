"""The lines of figures in the navigation."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.ui.navigation import Entry, add

add(Entry(_("Territory"), "reporting:territory-home", "map", (Permission.FIGURE_READ,), order=20))
add(Entry(_("Returns"), "reporting:returns", "edit", (Permission.RETURN_WRITE, Permission.RETURN_APPROVE), order=55))
add(Entry(_("Figures"), "reporting:indicators", "figures", (Permission.FIGURE_READ,), order=60))
add(Entry(_("Comparison"), "reporting:explore", "figures", (Permission.FIGURE_READ,), order=62))
add(Entry(_("Reports"), "reporting:reports", "report", (Permission.REPORT_MAKE,), order=70))
add(Entry(_("Releases"), "reporting:releases", "speak", (Permission.FIGURE_RELEASE,), order=75))
