"""What the register of guard teams yields."""

from collections.abc import Callable

from django.db.models import QuerySet

from luytre.areas.models import Level
from luytre.common.periods import Window, team_rating_year
from luytre.registry.models import GuardTeam, TeamGrade
from luytre.registry.models.grades import Grade
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator
from luytre.reporting.measures import Count, Places, Total


def serving(window: Window) -> QuerySet[GuardTeam]:
    return GuardTeam.objects.serving_on(window.last_day)


def manned(window: Window) -> QuerySet[GuardTeam]:
    """With their strength of the last day: the head count, or the members known by name."""
    return GuardTeam.objects.serving_on(window.last_day).manned_on(window.last_day)


strength = Total("strength", qualifier="strength_qualifier")

indicators.add(Indicator(code="security_protection_teams", rows=serving))
indicators.add(Indicator(code="security_protection_team_members", rows=manned, measure=strength))
indicators.add(
    Indicator(code="security_team_areas", rows=serving, measure=Places(Level.RESIDENTIAL), areas=("area", "covers"))
)


def graded(grade: Grade) -> Callable[[Window], QuerySet[TeamGrade]]:
    """Of the last year of grading that had ended by the window's last day; final grades only."""

    def rows(window: Window) -> QuerySet[TeamGrade]:
        year = window.last_day.year
        ended = year if team_rating_year(year).last_day < window.last_day else year - 1
        return TeamGrade.objects.settled(ended).filter(grade=grade)

    return rows


for code, grade in {
    "excellent": Grade.EXCELLENT,
    "good": Grade.GOOD,
    "completed": Grade.DONE,
    "not_completed": Grade.NOT_DONE,
}.items():
    indicators.add(
        Indicator(
            code=f"security_protection_teams_rated_{code}", rows=graded(grade), measure=Count(), areas=("team__area",)
        )
    )
