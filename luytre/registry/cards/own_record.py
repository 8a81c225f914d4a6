"""What the first screen asks of anybody with an account: whether they are a member that somebody named."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from luytre.accounts.access import StaffRequest
from luytre.areas.models import Scope
from luytre.registry.models import AccountLink
from luytre.ui.navigation import Card, add_cards


@add_cards()
def asked(request: StaffRequest, scope: Scope) -> Iterable[Card]:
    if AccountLink.objects.asked_of(request.user).exists():
        yield Card(
            title=_("Is this you?"),
            text=_("An officer says that you are a member of a group or guard team. Say whether it is so."),
            url=reverse("registry:my-record"),
            action=_("See and answer"),
            tone="near",
            tone_words=_("waiting"),
            order=5,
        )
