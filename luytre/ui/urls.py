from django.urls import path

from luytre.ui import views
from luytre.ui.kit import offline_pages, offline_worker

urlpatterns = [
    path("today/", views.home, name="home"),
    path("ui/", views.gallery, name="gallery"),
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="set_language"),
    path("offline/", offline_pages.waiting, name="offline"),
    path("offline/state/", offline_pages.state, name="offline-state"),
    path("service-worker.js", offline_worker.worker, name="service-worker"),
    path("manifest.webmanifest", offline_worker.manifest, name="manifest"),
]
