"""Where each app's pages stand."""

from django.urls import include, path

urlpatterns = [
    path("", include("luytre.portal.urls")),
    path("", include("luytre.ui.urls")),
    path("", include("luytre.accounts.urls")),
    path("", include("luytre.running.urls")),
    path("", include("luytre.administration.urls")),
    path("", include("luytre.reporting.urls")),
    path("registry/", include("luytre.registry.urls")),
    path("tips/", include("luytre.tips.urls")),
    path("bulletins/", include("luytre.bulletins.urls")),
    path("rooms/", include("luytre.activities.room_urls")),
    path("activities/", include("luytre.activities.urls")),
    path("api/v1/", include("luytre.api.urls")),
]
