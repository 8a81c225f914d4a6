"""Pages about oneself: roles, sign-in, and all that is held."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luytre import audit
from luytre.accounts import held
from luytre.accounts.access import StaffRequest, has_second_step, signed_in
from luytre.administration import purposes


@require_safe
@signed_in
def account(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "assignments": request.user.assignments.not_ended(today).select_related("area", "stands_in_for"),
        "stand_ins": request.user.stand_ins.not_ended(today).select_related("user", "area"),
        "has_second_step": has_second_step(request.user),
        "requests": request.user.requests.order_by("-received_at"),
    }
    return render(request, "administration/account.html", context)


@require_safe
@signed_in
def about_me(request: StaffRequest) -> HttpResponse:
    audit.record(request.user, "viewed", by=request.user, purpose=purposes.OWN)
    context = {"held": list(held.about(request.user)), "shown": held.SHOWN_ROWS, "now": timezone.now()}
    return render(request, "administration/held.html", context)


@require_safe
@signed_in
def about_me_json(request: StaffRequest) -> HttpResponse:
    audit.record(request.user, "took_own_data", by=request.user, purpose=purposes.OWN)
    content = {"taken_at": timezone.now().isoformat(), "held": held.as_json(request.user)}
    headers = {"Content-Disposition": 'attachment; filename="luytre-my-data.json"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})
