"""What the walk over all registers must know of each: how to make a row, and a form that is right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luytre.areas.models import Area
from luytre.ui.records import Record
from tests.activities.duty_factories import CheckpointFactory, HazardFactory, HazardKindFactory, PatrolFactory
from tests.activities.factories import (
    CampaignFactory,
    LearningQuestionFactory,
    LoudspeakerSlotFactory,
    OutreachPostFactory,
    OutreachSessionFactory,
    PlannedSessionFactory,
    TopicFactory,
)
from tests.activities.taking_part import (
    HandInCampaignFactory,
    HandInFactory,
    HandOverFactory,
    PledgeCampaignFactory,
    PledgeCountFactory,
    PledgeTopicFactory,
    SignerKindFactory,
    SupportOfferFactory,
    SupportUptakeFactory,
    UnitCountFactory,
)
from tests.bulletins.factories import MaterialFactory
from tests.registry.factories import (
    ExemplarFactory,
    GroupKindFactory,
    GuardTeamFactory,
    InitiativeFactory,
    MediationFactory,
    MemberFactory,
    OrganisationFactory,
    PlaceFactory,
    PlaceKindFactory,
    RespectedPersonFactory,
    SiteActivityFactory,
    SiteFactory,
    SkilfulWorkFactory,
    TrainingFactory,
    TrainingTopicFactory,
    WatchGroupFactory,
)


@dataclass(frozen=True)
class Known:
    make: Callable[..., Record]
    answers: Callable[[Area], dict[str, Any]]


def session_answers(area: Area) -> dict[str, Any]:
    return {
        "held_on": "2026-11-03",
        "area": area.pk,
        "place": "Nhà văn hóa",
        "topics": [TopicFactory().pk],
        "attendance": 30,
        "attendance_qualifier": "exact",
        "setting": "group",
        "form": "talk",
        "audience": "residents",
    }


def site_answers(area: Area) -> dict[str, Any]:
    counts = {"group_count": 1, "member_count": 8, "women_count": 3, "household_count": 20}
    how = {"group_qualifier": "exact", "member_qualifier": "exact"}
    return {"initiative": InitiativeFactory().pk, "area": area.pk, "launched_on": "2026-03-01", **counts, **how}


def group_answers(area: Area) -> dict[str, Any]:
    how = {"team_count": 0, "team_qualifier": "exact", "member_count": 8, "member_qualifier": "exact"}
    named = {"kind": GroupKindFactory().pk, "area": area.pk, "name": "Tổ an ninh trật tự bản mới"}
    return {**named, "founded_on": str(date(2026, 3, 1)), **how}


def organisation_answers(area: Area) -> dict[str, Any]:
    return {"kind": "school", "area": area.pk, "name": "Trường THCS Mường Thử", "address": ""}


def respected_answers(area: Area) -> dict[str, Any]:
    named = {"full_name": "Lò Thị Mới", "role": "elder", "area": area.pk, "phone": ""}
    return {**named, "serves_from": "2026-03-01", "consented_on": "2026-02-27", "consent_how": "paper"}


def skilful_answers(area: Area) -> dict[str, Any]:
    named = {"name": "Dân vận khéo bản mới", "area": area.pk, "field": "security", "body": "Hội Phụ nữ xã"}
    return {**named, "registered_on": "2026-03-01"}


def pledge_campaign_answers(area: Area) -> dict[str, Any]:
    who = {"topics": [PledgeTopicFactory().pk], "signers": [SignerKindFactory().pk]}
    return {"name": "Ký cam kết", "area": area.pk, "opens_on": "2026-10-01", "closes_on": "2026-12-31", **who}


def pledge_answers(area: Area) -> dict[str, Any]:
    campaign = PledgeCampaignFactory(area=area)
    what = {"counted_on": "2026-11-03", "signed_count": 12, "signed_qualifier": "exact"}
    return {"campaign": campaign.pk, "area": area.pk, "signer": SignerKindFactory().pk, **what}


def unit_answers(area: Area) -> dict[str, Any]:
    what = {"as_of": "2026-01-01", "unit_count": 60, "unit_qualifier": "exact"}
    return {"area": area.pk, "signer": SignerKindFactory().pk, **what}


def hand_in_campaign_answers(area: Area) -> dict[str, Any]:
    return {"name": "Vận động giao nộp", "area": area.pk, "opens_on": "2026-10-01", "closes_on": "2026-12-31"}


def hand_in_answers(area: Area) -> dict[str, Any]:
    named = {"place": "Trụ sở công an xã", "received_by": "Công an xã"}
    return {"received_on": "2026-11-03", "area": area.pk, "origin": "brought", **named}


def hand_over_answers(area: Area) -> dict[str, Any]:
    named = {"from_body": "Công an xã", "to_kind": "province_military", "to_body": "Bộ CHQS tỉnh"}
    return {"handed_on": "2026-11-10", "area": area.pk, **named}


def offer_answers(area: Area) -> dict[str, Any]:
    named = {"kind": "job", "title": "May công nghiệp", "offered_by": "Hợp tác xã may", "how_to": "Đến hợp tác xã"}
    return {"area": area.pk, "place_count": 8, "open_from": "2026-01-01", **named}


def uptake_answers(area: Area) -> dict[str, Any]:
    offer = SupportOfferFactory(area=area)
    return {"offer": offer.pk, "month": "2026-10-05", "taken_count": 2, "amount_vnd": 0}


def planned_answers(area: Area) -> dict[str, Any]:
    told = {"planned_on": str(date.today() + timedelta(days=1)), "area": area.pk, "place": "Nhà văn hóa"}
    return {**told, "topics": [TopicFactory().pk], "form": "talk", "audience": "residents"}


def campaign_answers(area: Area) -> dict[str, Any]:
    told = {"kind": "plan", "name": "Kế hoạch quý IV", "area": area.pk, "purpose": "Mỗi bản một buổi."}
    return {**told, "topics": [TopicFactory().pk], "first_day": "2026-10-01", "last_day": "2026-12-31"}


def question_answers(area: Area) -> dict[str, Any]:
    answers = {"first": "Chuyển tiền", "second": "Tắt máy", "third": "Đọc mã OTP", "right": "b"}
    return {"topic": TopicFactory().pk, "text": "Nên làm gì khi có cuộc gọi lạ?", "area": area.pk, **answers}


def slot_answers(area: Area) -> dict[str, Any]:
    told = {"slot_on": "2026-11-03", "slot_at": "17:30", "area": area.pk, "name": "Cảnh giác lừa đảo"}
    return {**told, "script": "Bà con chú ý."}


def post_answers(area: Area) -> dict[str, Any]:
    told = {"posted_on": "2026-11-03", "channel": "own_page", "area": area.pk, "name": "Cảnh báo cuộc gọi giả danh"}
    return {**told, "reach_count": "320", "reach_qualifier": "exact"}


def material_answers(area: Area) -> dict[str, Any]:
    told = {"title": "Dừng lại, tắt máy", "kind": "script", "topic": "online_fraud", "area": area.pk}
    about = {"source_body": "Công an xã", "summary": "Nhận ra cuộc gọi giả danh."}
    return {**told, **about, "language": "vi", "licence": "own"}


def activity_answers(area: Area) -> dict[str, Any]:
    return {"site": SiteFactory(area=area).pk, "on": "2026-03-01", "kind": "meeting", "head_count": 12, "what": ""}


def exemplar_answers(area: Area) -> dict[str, Any]:
    named = {"kind": "collective", "area": area.pk, "name": "Tổ tự quản bản mới", "count": 1}
    return {**named, "recognised_on": "2026-03-01", "granted_by": "Chủ tịch Ủy ban nhân dân xã", "decision": ""}


def patrol_answers(area: Area) -> dict[str, Any]:
    walked = {"held_on": "2026-11-03", "began": "21:00", "ended": "23:30"}
    return {**walked, "area": area.pk, "people_count": 4, "checkpoints": [CheckpointFactory(area=area).pk]}


def hazard_answers(area: Area) -> dict[str, Any]:
    where = {"area": area.pk, "place": "Cột đèn sau trường học"}
    return {**where, "kind": HazardKindFactory().pk, "noted_on": "2026-11-03"}


def checkpoint_answers(area: Area) -> dict[str, Any]:
    return {"area": area.pk, "name": "Cầu treo", "kind": "bridge"}


def guard_team_answers(area: Area) -> dict[str, Any]:
    named = {"area": area.pk, "name": "Tổ bảo vệ ANTT bản mới", "founded_on": "2026-03-01"}
    return {**named, "member_count": 3, "member_qualifier": "exact"}


def member_answers(area: Area) -> dict[str, Any]:
    named = {"team": GuardTeamFactory(area=area).pk, "full_name": "Lò Văn Mới", "position": "member"}
    return {**named, "serves_from": "2026-03-01", "consented_on": "2026-02-27", "consent_how": "paper"}


def training_answers(area: Area) -> dict[str, Any]:
    held = {"held_on": "2026-03-01", "area": area.pk, "place": "Hội trường xã"}
    return {**held, "topics": [TrainingTopicFactory().pk], "attendance": 12}


def mediation_answers(area: Area) -> dict[str, Any]:
    return {"held_on": "2026-03-01", "area": area.pk, "received": 2, "settled": 1, "unsettled": 1}


def place_answers(area: Area) -> dict[str, Any]:
    point = {"latitude": "21.3861", "longitude": "103.0163"}
    return {"kind": PlaceKindFactory().pk, "area": area.pk, "name": "Nhà văn hóa bản mới", **point}


KNOWN = {
    "campaigns": Known(CampaignFactory, campaign_answers),
    "planned-sessions": Known(PlannedSessionFactory, planned_answers),
    "learning-questions": Known(LearningQuestionFactory, question_answers),
    "loudspeaker-slots": Known(LoudspeakerSlotFactory, slot_answers),
    "outreach-posts": Known(OutreachPostFactory, post_answers),
    "materials": Known(MaterialFactory, material_answers),
    "patrols": Known(PatrolFactory, patrol_answers),
    "hazards": Known(HazardFactory, hazard_answers),
    "checkpoints": Known(CheckpointFactory, checkpoint_answers),
    "outreach-sessions": Known(OutreachSessionFactory, session_answers),
    "sites": Known(SiteFactory, site_answers),
    "site-activities": Known(SiteActivityFactory, activity_answers),
    "exemplars": Known(ExemplarFactory, exemplar_answers),
    "watch-groups": Known(WatchGroupFactory, group_answers),
    "guard-teams": Known(GuardTeamFactory, guard_team_answers),
    "members": Known(MemberFactory, member_answers),
    "mediations": Known(MediationFactory, mediation_answers),
    "trainings": Known(TrainingFactory, training_answers),
    "public-places": Known(PlaceFactory, place_answers),
    "organisations": Known(OrganisationFactory, organisation_answers),
    "respected-persons": Known(RespectedPersonFactory, respected_answers),
    "skilful-works": Known(SkilfulWorkFactory, skilful_answers),
    "pledge-campaigns": Known(PledgeCampaignFactory, pledge_campaign_answers),
    "pledge-counts": Known(PledgeCountFactory, pledge_answers),
    "unit-counts": Known(UnitCountFactory, unit_answers),
    "hand-in-campaigns": Known(HandInCampaignFactory, hand_in_campaign_answers),
    "hand-ins": Known(HandInFactory, hand_in_answers),
    "hand-overs": Known(HandOverFactory, hand_over_answers),
    "support-offers": Known(SupportOfferFactory, offer_answers),
    "support-uptakes": Known(SupportUptakeFactory, uptake_answers),
}
