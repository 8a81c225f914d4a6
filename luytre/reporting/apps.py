from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class ReportingConfig(AppConfig):
    name = "luytre.reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.areas import standings
        from luytre.reporting import cards, menu, searching
        from luytre.reporting.facts import install, keeping

        self.menu, self.cards, self.searching = menu, cards, searching
        autodiscover_modules("indicators")
        standings.after_rebuild.append(keeping.follow)
        post_migrate.connect(install.after_migrating, sender=self)
