from django.urls import include, path

from luytre.accounts.access import PUBLIC, marked
from luytre.api import views
from luytre.api.delivery import delivered
from luytre.api.endpoints import api

pages = (
    [
        path("", views.index, name="index"),
        path("tokens/", views.tokens, name="tokens"),
        path("tokens/<int:pk>/revocation/", views.revoke, name="token-revocation"),
    ],
    "api",
)

patterns, application, namespace = api.urls
for pattern in patterns:  # the token is asked for by the API itself, and without one it tells what is public
    if pattern.callback:
        pattern.callback = marked(delivered(pattern.callback), PUBLIC, needs_login=False)

urlpatterns = [
    path("", include(pages)),
    path("", (patterns, application, namespace)),
]
