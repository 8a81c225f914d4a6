"""How answers of the API leave the house: compressed, with an ETag, never kept by caches in between."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page

View = Callable[..., HttpResponseBase]


def delivered(view: View) -> View:
    """The ETag is made of the answer's bytes: it changes with the very next record, and "304" is never stale."""
    return gzip_page(conditional_page(labelled(view)))


def labelled(view: View) -> View:
    """The same address answers differently by token, language and form; the caller asks again every time."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Authorization", "Accept", "Accept-Language"])
        patch_cache_control(response, private=True, no_cache=True)
        taken = getattr(request, "allowance", None)
        for name, value in (taken.headers if taken else {}).items():
            response[name] = value
        return response

    return answer
