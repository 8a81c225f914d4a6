"""Three questions before and after: read by two people, counted by session, public from ten answers on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.activities import public
from luytre.activities.models import LearningCheck, LearningQuestion, QuestionApproval, Room
from luytre.activities.models.learning import (
    AlreadyApproved,
    AskedOnPhones,
    MoreRightThanAsked,
    OwnQuestion,
    TooFewQuestions,
    choose,
)
from tests.activities.factories import (
    LearningQuestionFactory,
    OutreachSessionFactory,
    PlannedSessionFactory,
    TopicFactory,
)
from tests.factories import UserFactory, commune, user

pytestmark = pytest.mark.django_db


def approved(count: int = 3, **fields) -> list[LearningQuestion]:
    questions = [LearningQuestionFactory(**fields) for _ in range(count)]
    for question in questions:
        question.approve(by=UserFactory(), at=timezone.now())
    return questions


def on_paper(sheets: tuple[int, int], right: tuple[int, int] = (3, 9)) -> LearningCheck:
    session = OutreachSessionFactory()
    given = {question.pk: right for question in choose(TopicFactory(), session.area)}
    return LearningCheck.on_paper(session, TopicFactory(), sheets, given, by=UserFactory(), at=timezone.now())


def test_nobody_approves_their_own_question_and_the_database_says_so_too():
    author = UserFactory()
    question = LearningQuestionFactory(created_by=author)
    with pytest.raises(OwnQuestion):
        question.approve(by=author, at=timezone.now())
    row = QuestionApproval(question=question, written_by=author, by=author, at=timezone.now(), digest=question.digest)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_corrected_question_waits_for_a_second_person_again():
    [question] = approved(1)
    with pytest.raises(AlreadyApproved):
        question.approve(by=UserFactory(), at=timezone.now())
    corrector = UserFactory()
    question.text = "Nên làm gì trước tiên?"
    question.correct(by=corrector, fields=["text"])
    assert not question.is_approved
    assert not LearningQuestion.objects.approved().exists()
    with pytest.raises(OwnQuestion):
        question.approve(by=corrector, at=timezone.now())


def test_a_topic_needs_three_approved_questions():
    approved(2)
    LearningQuestionFactory()
    with pytest.raises(TooFewQuestions):
        choose(TopicFactory(), commune())


def test_no_more_are_right_than_were_handed_in():
    approved()
    with pytest.raises(MoreRightThanAsked):
        on_paper((2, 20))


def test_paper_is_not_added_to_phones():
    approved()
    planned = PlannedSessionFactory()
    LearningCheck.start(planned, TopicFactory(), by=UserFactory(), at=timezone.now())
    session = OutreachSessionFactory()
    planned.hold(session, by=UserFactory(), at=timezone.now())
    with pytest.raises(AskedOnPhones):
        LearningCheck.on_paper(session, TopicFactory(), (9, 9), {}, by=UserFactory(), at=timezone.now())


@pytest.mark.parametrize("sheets", [(9, 30), (30, 9)])
def test_fewer_than_ten_answers_are_not_told_to_the_public(sheets):
    approved()
    on_paper(sheets)
    assert public.learning() == []


def test_the_public_sees_whole_topics_only(client):
    approved()
    on_paper((10, 10))
    on_paper((20, 20), right=(3, 15))
    [told] = public.learning()
    assert (told.sessions, told.before, told.after) == (2, 20, 80)
    assert "trước buổi đúng 20 %, sau buổi đúng 80 %" in client.get("/materials/").content.decode()


def test_a_room_tells_its_results_to_nobody_while_it_is_open():
    """From one answer to the next the difference would be somebody's answer."""
    approved()
    planned = PlannedSessionFactory()
    check = LearningCheck.start(planned, TopicFactory(), by=UserFactory(), at=timezone.now())
    LearningCheck.objects.filter(pk=check.pk).update(before_count=12, after_count=12)
    assert public.learning() == []


def test_from_the_room_to_the_record(client):
    here = commune("Mường Đây")
    approved()
    planned = PlannedSessionFactory(area=here)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    topic = TopicFactory()
    assert (
        client.post(f"/activities/planned-sessions/{planned.pk}/room/", {"hours": 2, "topic": topic.pk}).status_code
        == 302
    )
    room = Room.objects.get()
    assert room.code in client.get(f"/activities/planned-sessions/{planned.pk}/room/").content.decode()
    phone = Client()
    assert phone.get("/rooms/", {"code": room.code})["Location"] == f"/rooms/{room.code}/"
    questions = phone.get(f"/rooms/{room.code}/questions/before/")
    answers = {f"q{tally.question_id}": "b" for tally in LearningCheck.objects.get().lines}
    done = phone.post(f"/rooms/{room.code}/questions/before/", {**answers, "ticket": questions.context["ticket"]})
    assert "câu trả lời đã được tính" in phone.get(done["Location"]).content.decode()
    check = LearningCheck.objects.get()
    assert check.before_count == 1
    assert check.percent("before") == 100
    client.post(f"/activities/planned-sessions/{planned.pk}/room/closing/")
    assert phone.get(f"/rooms/{room.code}/").status_code == 404
    assert phone.get("/rooms/", {"code": room.code}).status_code == 404


def test_a_room_of_another_commune_is_not_there(client):
    planned = PlannedSessionFactory()
    client.force_login(user(Role.COMMUNE_OFFICER), backend="luytre.accounts.backends.SignInBackend")
    assert client.get(f"/activities/planned-sessions/{planned.pk}/room/").status_code == 404
    assert client.post(f"/activities/planned-sessions/{planned.pk}/room/closing/").status_code == 404


def test_counts_from_paper_are_typed_on_a_page(client):
    here = commune("Mường Đây")
    questions = approved()
    session = OutreachSessionFactory(area=here)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    address = f"/activities/outreach-sessions/{session.pk}/paper/"
    assert "?topic=drugs" in client.get(address).content.decode()
    counts = {"before": 12, "after": 11}
    counts |= {f"{moment}{one.pk}": 5 for one in questions for moment in ("before", "after")}
    assert client.post(f"{address}?topic=drugs", {**counts, "before": 3}).status_code == 422
    assert client.post(f"{address}?topic=drugs", counts).status_code == 302
    assert (
        "đúng 42 % trước buổi (12 phiếu)" in client.get(f"/activities/outreach-sessions/{session.pk}/").content.decode()
    )


def test_a_room_is_open_for_hours_not_for_days():
    from luytre.activities.models.outreach_rooms import OpenedTooLong

    now = timezone.now()
    with pytest.raises(OpenedTooLong):
        Room.open(PlannedSessionFactory(), by=UserFactory(), at=now, until=now + timedelta(days=2))
