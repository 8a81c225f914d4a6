"""Topics of outreach and questions on them that everybody starts from."""

import csv
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from luytre.activities.models import LearningQuestion, QuestionApproval, Topic
from luytre.areas.models import Area, Level
from luytre.bulletins import topics
from luytre.ui import other_names

FILE = Path(__file__).parent / "topics.csv"
QUESTIONS = Path(__file__).parent / "learning.csv"


@cache
def named() -> tuple[topics.Named, ...]:
    """Code, Vietnamese and English name of each, for the materials library below."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple((row["code"], row["vi_name"], row["en_name"]) for row in csv.DictReader(lines))


topics.SOURCES.append(named)
other_names.add(Path(__file__).parent / "other_names.csv")


@transaction.atomic
def sync_topics() -> int:
    """Bring the topics in line with the list; returns how many were new or changed."""
    changed = 0
    before = {topic.code: topic for topic in Topic.objects.all()}
    for code, vi_name, en_name in named():
        topic = before.get(code) or Topic(code=code)
        if (topic.vi_name, topic.en_name) == (vi_name, en_name):
            continue
        topic.vi_name, topic.en_name = vi_name, en_name
        topic.save()
        changed += 1
    return changed


@transaction.atomic
def sync_questions() -> int:
    """Questions that come with the program, read by two people before; returns how many are new."""
    nation, topics_by_code = Area.objects.get(level=Level.NATION), {topic.code: topic for topic in Topic.objects.all()}
    known = set(LearningQuestion.objects.filter(area=nation).values_list("digest", flat=True))
    with QUESTIONS.open(encoding="utf-8", newline="") as lines:
        found = [question(row, nation, topics_by_code) for row in csv.DictReader(lines)]
    new = LearningQuestion.objects.bulk_create([one for one in found if one.digest not in known])
    QuestionApproval.objects.bulk_create(
        [QuestionApproval(question=one, digest=one.digest, at=timezone.now()) for one in new]
    )
    return len(new)


def question(row: dict[str, str], nation: Area, topics_by_code: dict[str, Topic]) -> LearningQuestion:
    answers = {"first": row["a"], "second": row["b"], "third": row["c"]}
    made = LearningQuestion(
        area=nation, topic=topics_by_code[row["topic"]], text=row["question"], right=row["right"], **answers
    )
    made.fill_derived()
    return made
