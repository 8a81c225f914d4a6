from django.urls import include, path

from luytre.portal import views

pages = [
    path("", views.front, name="front"),
    path("places/<slug:code>/", views.place, name="place"),
]

urlpatterns = [path("", include((pages, "portal")))]
