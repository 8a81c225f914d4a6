"""Topics of outreach that everybody starts from."""

import csv
from pathlib import Path

from django.db import transaction

from luytre.activities.models import Topic

FILE = Path(__file__).parent / "topics.csv"


@transaction.atomic
def sync_topics() -> int:
    """Bring the topics in line with the list; returns how many were new or changed."""
    changed = 0
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    before = {topic.code: topic for topic in Topic.objects.all()}
    for row in rows:
        topic = before.get(row["code"]) or Topic(code=row["code"])
        if (topic.vi_name, topic.en_name) == (row["vi_name"], row["en_name"]):
            continue
        topic.vi_name, topic.en_name = row["vi_name"], row["en_name"]
        topic.save()
        changed += 1
    return changed
