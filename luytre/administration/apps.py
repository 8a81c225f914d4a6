from importlib import import_module

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "luytre.administration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("luytre.administration.menu")
        import_module("luytre.administration.searching")
