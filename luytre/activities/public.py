"""What the public sees and does here, as plain values: materials, what was learnt, pledges to sign, help offered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from luytre.activities.models import LearningCheck, PledgeCampaign, SupportOffer
from luytre.activities.models.pledges import AllHaveSigned, NotTakenHere, SignerKind
from luytre.areas.models import Area, Level
from luytre.common.text import fold


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


SHOWN = 60
FULL, REFUSED, AGAIN, COUNTED = "full", "refused", "again", "counted"


@dataclass(frozen=True)
class PublicPledge:
    """A campaign that takes signatures by phone; `areas` and `signers` are pairs of a key and a name."""

    code: str
    name: str
    place: str
    topics: list[str]
    wording: str
    closes_on: date
    areas: list[tuple[str, str]]
    signers: list[tuple[str, str]]


def pledge(code: str, *, on: date) -> PublicPledge | None:
    campaign = PledgeCampaign.objects.by_code(code, on=on)
    if campaign is None:
        return None
    return PublicPledge(
        code=campaign.public_code,
        name=campaign.name,
        place=campaign.area.full_name,
        topics=[str(topic) for topic in campaign.topics.all()],
        wording=campaign.wording,
        closes_on=campaign.closes_on,
        areas=[(area.code, name_of(area)) for area in areas_of(campaign, on=on)],
        signers=[(signer.code, str(signer)) for signer in campaign.signers.order_by("pk")],
    )


def areas_of(campaign: PledgeCampaign, *, on: date) -> list[Area]:
    """Where one may say one lives: residential areas, or communes where the campaign is a province's."""
    path = campaign.area.path_on(on) or campaign.area.path
    level = Level.COMMUNE if campaign.area.level == Level.PROVINCE else Level.RESIDENTIAL
    found = Area.objects.on(on).filter(path__startswith=path, level=level).order_by("sort_key", "code")
    return list(found) or [campaign.area]


def name_of(area: Area) -> str:
    return area.full_name


def sign(code: str, *, token: str, area: str, signer: str, on: date) -> str:
    """Count one signature; what comes back says how it went, never who it was."""
    campaign = PledgeCampaign.objects.by_code(code, on=on)
    kind = SignerKind.objects.filter(code=signer).first()
    place = next((one for one in areas_of(campaign, on=on) if one.code == area), None) if campaign else None
    if campaign is None or kind is None or place is None:
        return REFUSED
    try:
        return COUNTED if campaign.sign(token=token, area=place, signer=kind, on=on) else AGAIN
    except AllHaveSigned:
        return FULL
    except NotTakenHere:
        return REFUSED


@dataclass(frozen=True)
class PledgeLine:
    code: str
    name: str
    place: str
    closes_on: date


def open_pledges(words: str, *, on: date) -> list[PledgeLine]:
    """Campaigns that may be signed by phone, by a part of their name or place, without tone marks."""
    rows = PledgeCampaign.objects.open_on(on).filter(is_digital=True).matching(words).select_related("area")
    return [
        PledgeLine(one.public_code, one.name, one.area.full_name, one.closes_on)
        for one in rows.order_by("closes_on", "pk")[:SHOWN]
    ]


@dataclass(frozen=True)
class PublicOffer:
    """Help that somebody may take up by themselves."""

    kind: str
    title: str
    offered_by: str
    place: str
    places: int
    open_until: date | None
    how_to: str


def offers(words: str, *, on: date) -> list[PublicOffer]:
    rows = SupportOffer.objects.open_on(on).select_related("area", "area__parent")
    found = rows.matching(words) if fold(words) else rows
    return [
        PublicOffer(
            kind=one.get_kind_display(),
            title=one.title,
            offered_by=one.offered_by,
            place=one.area.full_name,
            places=one.place_count,
            open_until=one.open_until,
            how_to=one.how_to,
        )
        for one in found.order_by("kind", "sort_key", "pk")[:SHOWN]
    ]
