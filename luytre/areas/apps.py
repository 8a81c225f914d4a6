from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "luytre.areas"
    default_auto_field = "django.db.models.BigAutoField"
