from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "luytre.portal"
    default_auto_field = "django.db.models.BigAutoField"
