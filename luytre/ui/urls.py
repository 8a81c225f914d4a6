from django.urls import path

from luytre.ui import find_views, views

urlpatterns = [
    path("today/", views.home, name="home"),
    path("find/", find_views.find, name="find"),
    path("ui/", views.gallery, name="gallery"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="set_language"),
]
