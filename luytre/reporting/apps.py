from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReportingConfig(AppConfig):
    name = "luytre.reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.reporting import menu

        self.menu = menu
        autodiscover_modules("indicators")
