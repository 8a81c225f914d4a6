from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "luytre.bulletins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.bulletins import cards, registers

        self.declared = (cards, registers)
