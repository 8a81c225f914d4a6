"""What became of a loudspeaker slot."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities.forms import AiringForm
from luytre.activities.models import LoudspeakerSlot
from luytre.activities.models.posts import AlreadyTold, NotYet


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SESSION_WRITE)
def tell(request: StaffRequest, pk: int) -> HttpResponse:
    rows = LoudspeakerSlot.objects.within(request.scope).select_related("area", "material")
    slot = get_object_or_404(rows, pk=pk)
    form = AiringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slot.tell(by=request.user, at=timezone.now(), on=request.scope.on, **form.cleaned_data)
        except NotYet:
            form.add_error(None, _("The day of this slot is still to come."))
        except AlreadyTold:
            form.add_error(None, _("Somebody said before what became of it."))
        else:
            messages.success(request, _("Saved. What was played counts as a broadcast."))
            return redirect("activities:loudspeaker-slots-record", pk=pk)
    return render(request, "activities/airing.html", {"slot": slot, "form": form}, status=422 if form.errors else 200)
