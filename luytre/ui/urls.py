from django.urls import path

from luytre.ui import views

urlpatterns = [
    path("today/", views.home, name="home"),
    path("ui/", views.gallery, name="gallery"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="set_language"),
]
