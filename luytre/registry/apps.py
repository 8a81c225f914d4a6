from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "luytre.registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.ui import registers

        registers.discover("luytre.registry.registers")
