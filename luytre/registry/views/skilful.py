"""The verb of skilful mass mobilisation beyond the kit's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import EndingForm
from luytre.registry.models import SkilfulWork
from luytre.registry.models.skilful import AlreadyEnded, EndsBeforeRegistration
from luytre.registry.views.asking import ask, initial


@allow(Permission.REGISTER_WRITE)
def end_work(request: StaffRequest, pk: int) -> HttpResponse:
    work = get_object_or_404(SkilfulWork.objects.within(request.scope), pk=pk)
    form = EndingForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            work.end(by=request.user, **form.cleaned_data)
        except EndsBeforeRegistration:
            form.add_error("on", _("This is before the day of registration."))
        except AlreadyEnded:
            form.add_error(None, _("It was ended before."))
        else:
            messages.success(request, _("Ended. It stays in the register with its reason."))
            return redirect("registry:skilful-works-record", pk=pk)
    return ask(
        request, form, title=gettext_lazy("No longer kept up"), record=work, back="registry:skilful-works-record"
    )
