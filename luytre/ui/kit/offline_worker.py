"""The service worker and the manifest: what a phone needs to open the field pages without network."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import public

HERE = Path(__file__).parent
FILES = HERE.parent / "static"
# What every page draws; the rest of the fonts comes when a page asks for it.
SHELL = [
    "ui/luytre.css",
    "ui/fonts.css",
    "ui/app.js",
    "ui/written.js",
    "ui/mark.svg",
    "ui/offline/changed.js",
    "ui/offline/form.js",
    "ui/offline/outbox.js",
    "ui/offline/page.js",
    "ui/offline/photos.js",
    "ui/offline/portable.js",
    "ui/offline/start.js",
    "ui/offline/store.js",
    "build/idb/index.js",
    "build/fonts/be-vietnam-pro-latin-400-normal.woff2",
    "build/fonts/be-vietnam-pro-latin-600-normal.woff2",
    "build/fonts/be-vietnam-pro-latin-ext-400-normal.woff2",
    "build/fonts/be-vietnam-pro-latin-ext-600-normal.woff2",
    "build/fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
    "build/fonts/be-vietnam-pro-vietnamese-600-normal.woff2",
    "django_htmx/htmx-2.min.js",
]


@cache
def version_of_start() -> str:
    """Changes with any file of ours that a page is made of."""
    digest = hashlib.sha256((HERE / "offline_worker.js").read_bytes())
    for name in SHELL:
        digest.update(static(name).encode())
        if (FILES / name).is_file():
            digest.update((FILES / name).read_bytes())
    return digest.hexdigest()[:16]


def version() -> str:
    if settings.DEBUG:
        version_of_start.cache_clear()
    return version_of_start()


@require_GET
@public
def worker(request: HttpRequest) -> HttpResponse:
    """From the root, so that it stands before every page; it is asked for anew each time."""
    given = {
        "version": version(),
        "shell": [static(name) for name in SHELL],
        "fallback": reverse("offline"),
        "files": settings.STATIC_URL,
    }
    head = (
        f"import {{ flush }} from {json.dumps(static('ui/offline/outbox.js'))};\nconst GIVEN = {json.dumps(given)};\n"
    )
    answer = HttpResponse(
        head + (HERE / "offline_worker.js").read_text(), content_type="text/javascript; charset=utf-8"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@require_GET
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes it an app on the phone's first screen."""
    icons = [
        {"src": static("ui/icons/192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("ui/icons/512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("ui/icons/512-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    told = {
        "id": "/today/",
        "name": _("Lũy Tre, the movement's notebook"),
        "short_name": "Lũy Tre",
        "description": _("Record sessions and patrols once, also where there is no network."),
        "lang": request.LANGUAGE_CODE,
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf5",
        "theme_color": "#17613f",
        "icons": icons,
        "shortcuts": [{"name": _("Without network"), "url": reverse("offline")}],
    }
    return JsonResponse(told, content_type="application/manifest+json")
