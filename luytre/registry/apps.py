from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "luytre.registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.registry import cards, menu
        from luytre.ui import registers

        self.declared = (cards, menu)
        registers.discover("luytre.registry.registers")
