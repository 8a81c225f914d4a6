from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "luytre.registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.registry import cards, catalogue, menu
        from luytre.ui import registers

        self.declared = (cards, catalogue, menu)
        registers.discover("luytre.registry.registers")
