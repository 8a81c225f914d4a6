"""What the library shows on the first screen."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.bulletins.models import Material
from luytre.ui.navigation import Card, add_cards


@add_cards(Permission.MATERIAL_PUBLISH)
def waiting(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    """Materials that need a second person."""
    rows = Material.objects.waiting().within(scope)
    count = rows.count()
    if count:
        first = rows.order_by("pk")[0]
        yield Card(
            title=_("Materials waiting for a second person"),
            figure=ngettext("%(count)d material", "%(count)d materials", count) % {"count": count},
            text=first.title,
            url=reverse("bulletins:material-versions", args=[first.pk]),
            action=_("Look at it"),
            tone="near",
            tone_words=_("not public yet"),
            order=35,
        )
