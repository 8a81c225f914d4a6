"""Our pages, and the admin's."""

from django.urls import path

from bench._lists.admin import site
from config.urls import urlpatterns as ours

urlpatterns = [*ours, path("admin/", site.urls)]
