"""The yearly grades of guard teams and their members, and the rules that bind them (Guidance 01/HD-BCA-V05 of 2026)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.common.periods import Window, shifted, team_rating_year

LEAST_MONTHS = 9  # in being or in office, to be graded at all
EXCELLENT_PERCENT = 20  # of those graded "good"


class Grade(models.TextChoices):
    """Best first."""

    EXCELLENT = "excellent", gettext_lazy("excellent")
    GOOD = "good", gettext_lazy("good")
    DONE = "done", gettext_lazy("tasks done")
    NOT_DONE = "not_done", gettext_lazy("tasks not done")


RANK = {grade.value: place for place, grade in enumerate(Grade)}


def is_long_enough(since: date, window: Window) -> bool:
    """Nine months in being by the last day of the year of grading."""
    year, month = shifted(window.end.year, window.end.month, -LEAST_MONTHS)
    return since <= window.end.replace(year=year, month=month)


def most_excellent(good: int) -> int:
    return good * EXCELLENT_PERCENT // 100


@dataclass(frozen=True)
class Graded:
    """What is proposed for a team: its own grade and those of its members, by key."""

    key: int
    name: str
    since: date
    grade: str
    members: Mapping[int, "GradedMember"]


@dataclass(frozen=True)
class GradedMember:
    name: str
    since: date
    grade: str
    is_leader: bool = False


@dataclass(frozen=True)
class Wrong:
    """A rule that a proposal breaks: at which field, and how to mend it."""

    field: str
    message: str


def wrongs(teams: Iterable[Graded], year: int) -> list[Wrong]:
    """All that is against the rules; nothing when the chair may be asked."""
    known, window = list(teams), team_rating_year(year)
    found = [one for team in known for one in of_team(team, window)]
    return [*found, *too_many_excellent(known)]


def of_team(team: Graded, window: Window) -> Iterator[Wrong]:
    if team.grade and not is_long_enough(team.since, window):
        yield Wrong(
            f"team-{team.key}",
            _("%(name)s has not been in being for nine months. Leave it ungraded this year.") % {"name": team.name},
        )
    for key, member in team.members.items():
        if member.grade and not is_long_enough(member.since, window):
            yield Wrong(
                f"member-{key}",
                _("%(name)s has not served for nine months. Leave them ungraded this year.") % {"name": member.name},
            )
        if member.is_leader and member.grade and team.grade and RANK[member.grade] < RANK[team.grade]:
            yield Wrong(
                f"member-{key}", _("A leader's grade is not above the team's. Lower the one or raise the other.")
            )


def too_many_excellent(teams: list[Graded]) -> Iterator[Wrong]:
    excellent = [team for team in teams if team.grade == Grade.EXCELLENT]
    good = sum(team.grade == Grade.GOOD for team in teams)
    if len(excellent) > most_excellent(good):
        words = {"excellent": len(excellent), "good": good, "most": most_excellent(good)}
        yield Wrong(
            f"team-{excellent[-1].key}",
            _("%(excellent)d excellent beside %(good)d good; at most a fifth of the good, here %(most)d.") % words,
        )
