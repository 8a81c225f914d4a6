"""Loads the whole sample in one transaction, so that it is there or not there."""

from datetime import date

from django.db import transaction

from luytre.activities.catalogue import sync_questions, sync_topics
from luytre.activities.catalogue.duty import sync_duty_lists
from luytre.activities.catalogue.taking_part import sync_hand_in_kinds, sync_pledge_lists
from luytre.activities.sample import (
    decade,
    duty,
    forces,
    groups,
    hand_ins,
    kept_views,
    members,
    outreach_whole,
    patrols,
    people,
    places,
    pledges,
    public_places,
    respected,
    returns,
    sessions,
    site_life,
    sites,
    skilful,
    support,
    territory,
)
from luytre.areas.models import Area, Level
from luytre.registry.catalogue import (
    sync_equipment,
    sync_group_kinds,
    sync_initiatives,
    sync_scale,
    sync_training_topics,
)
from luytre.ui import samples


class NoTerritory(Exception):
    """The sample needs the official list of places first."""


def is_loaded() -> bool:
    return Area.objects.filter(is_sample=True).exists()


@transaction.atomic
def load(*, today: date) -> None:
    if not Area.objects.filter(level=Level.COMMUNE).exists():
        raise NoTerritory
    lists = (
        sync_group_kinds,
        sync_initiatives,
        sync_scale,
        sync_topics,
        sync_training_topics,
        sync_equipment,
        sync_duty_lists,
        sync_questions,
        sync_pledge_lists,
        sync_hand_in_kinds,
    )
    for sync in lists:
        sync()
    grounds = places.load()
    accounts = people.load(grounds["11"])
    sites.load(grounds, by=accounts["tinh"], today=today)
    site_life.load(accounts, today=today)
    groups.load(grounds, by=accounts["tinh"], today=today)
    members.load(grounds["11"], accounts, today=today)
    forces.load(grounds, accounts, today=today)
    recorders = {people.MUONG_PHANG: accounts["canboxa"], people.DIEN_BIEN_PHU: accounts["canboxa2"]}
    sessions.load(grounds, recorders, today=today)
    outreach_whole.load(grounds["11"], accounts, today=today)
    patrols.load(grounds, accounts, today=today)
    duty.load(grounds["11"], accounts, today=today)
    public_places.load(recorders, today=today)
    decade.load(today=today)
    skilful.load(grounds["11"], by=accounts["tinh"], today=today)
    pledges.load(grounds["11"], recorders, today=today)
    hand_ins.load(recorders, desk=accounts["tinh"], today=today)
    support.load(recorders, today=today)
    respected.load(grounds["11"], recorders, today=today)
    returns.load(accounts, today=today)
    kept_views.load(accounts, today=today)
    territory.load(grounds["11"], accounts, today=today)
    samples.load(accounts["quantri"], today)
