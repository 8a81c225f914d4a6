"""The API is put together here from each app's `api` module; none is named, so that none is seen that should not be."""

from importlib import import_module

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError

from luytre.api.auth import TokenOrAnybody, TooMany

DESCRIPTION = "Figures and registers of Lũy Tre. Without a token: released figures only."


def build() -> NinjaAPI:
    api = NinjaAPI(
        title="Lũy Tre",
        version="1",
        description=DESCRIPTION,
        docs_url=None,  # its page loads programs from elsewhere; ours stands at the API's root
        openapi_url="/openapi.json",
        auth=TokenOrAnybody(),
        urls_namespace="api-v1",
    )
    for router in routers():
        api.add_router("", router)
    api.add_exception_handler(AuthenticationError, refused)
    api.add_exception_handler(TooMany, slowed)
    return api


def routers() -> list[Router]:
    """`router` of every app that has an `api` module."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("luytre.") and config.module and module_has_submodule(config.module, "api"):
            found.append(import_module(f"{config.name}.api").router)
    return found


def refused(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    words = _("This token is not valid: it is wrong, spent or revoked. Make a new one on the page of tokens.")
    return api.create_response(request, {"field": "Authorization", "message": words}, status=401)


def slowed(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    words = _("Too many calls in one minute. The header Retry-After says after how many seconds to ask again.")
    return api.create_response(request, {"field": "", "message": words}, status=429)


api = build()
