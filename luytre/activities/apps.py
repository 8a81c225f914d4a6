from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "luytre.activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.activities import cards, catalogue, evidence, material_use
        from luytre.ui import registers

        self.declared = (cards, catalogue, evidence, material_use)
        registers.discover("luytre.activities.registers")
