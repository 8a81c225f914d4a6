from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from luytre.accounts.access import public
from luytre.running import health


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    faults = list(health.faults())
    if faults:
        return JsonResponse({"status": "not ready", "missing": faults}, status=503)
    return JsonResponse({"status": "ok"})
