"""What the public sees of sessions: what listeners took home, by topic, never by session or person."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import ngettext

from luytre.activities.models import LearningCheck


@dataclass(frozen=True)
class PublicLearning:
    """All finished checks of a topic with ten answers or more before and after (rights rule R14)."""

    topic: str
    topic_name: str
    sessions: int
    before: int
    after: int

    @property
    def sentence(self) -> str:
        words = ngettext(
            "%(topic)s: %(before)d %% right before, %(after)d %% after, at %(count)d session",
            "%(topic)s: %(before)d %% right before, %(after)d %% after, at %(count)d sessions",
            self.sessions,
        )
        said = {"topic": self.topic_name, "before": self.before, "after": self.after, "count": self.sessions}
        return words % said


def learning() -> list[PublicLearning]:
    by_topic: dict[int, list[LearningCheck]] = defaultdict(list)
    rows = LearningCheck.objects.shown().select_related("topic").prefetch_related("tallies")
    for check in rows.order_by("topic__sort_key"):
        by_topic[check.topic_id].append(check)
    return [summed(checks) for checks in by_topic.values()]


def summed(checks: list[LearningCheck]) -> PublicLearning:
    topic = checks[0].topic
    before, after = (share(checks, moment) for moment in ("before", "after"))
    return PublicLearning(topic.code, str(topic), len(checks), before, after)


def share(checks: list[LearningCheck], moment: str) -> int:
    tallies = [(check, list(check.tallies.all())) for check in checks]
    asked = sum(getattr(check, f"{moment}_count") * len(some) for check, some in tallies)
    right = sum(getattr(tally, f"right_{moment}") for _check, some in tallies for tally in some)
    return round(100 * right / asked) if asked else 0
