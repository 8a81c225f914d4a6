from django.urls import path

from luytre.running import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
