from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TipsConfig(AppConfig):
    name = "luytre.tips"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from luytre.areas import standings
        from luytre.tips import cards, checks, indicators, menu, sample, successors, trail_words
        from luytre.tips.desks import is_open
        from luytre.ui import doors, samples

        standings.after_rebuild.append(successors.follow)
        samples.add(sample.load_part)
        doors.add(
            doors.Door(
                _("Tell: a crime, a danger, a broken place"),
                _("No name needed. It is sealed in your phone, and only the desk that you choose can read it."),
                "tips:report",
                _("Tell"),
                order=10,
                is_open=is_open,
            )
        )
        self.declared = (cards, checks, indicators, menu, trail_words)
