from django.urls import path

from luytre.activities.views import (
    campaigns,
    hand_ins,
    hazards,
    learning,
    outreach_plans,
    outreach_rooms,
    pledges,
    posts,
)
from luytre.ui.kit.urls import urls_of

app_name = "activities"

urlpatterns = [
    *urls_of(app_name),
    path("pledges/", pledges.index, name="pledges"),
    path("pledge-campaigns/<int:pk>/progress/", pledges.show, name="pledge-progress"),
    path("pledge-campaigns/<int:pk>/board/", pledges.board, name="pledge-board"),
    path("pledge-campaigns/<int:pk>/count/", pledges.count, name="pledge-count"),
    path("hand-ins/<int:pk>/receipt/", hand_ins.receipt, name="hand-in-receipt"),
    path("hand-overs/<int:pk>/balance/", hand_ins.balance, name="hand-over-balance"),
    path("hand-overs/<int:pk>/onward/", hand_ins.onward, name="hand-over-onward"),
    path("hand-overs/<int:pk>/settlement/", hand_ins.settle, name="hand-over-settlement"),
    path("campaigns/<int:pk>/progress/", campaigns.show, name="campaign-progress"),
    path("campaigns/<int:pk>/months/", campaigns.months, name="campaign-months"),
    path("planned-sessions/<int:pk>/holding/", outreach_plans.hold, name="planned-session-holding"),
    path("planned-sessions/<int:pk>/cancelling/", outreach_plans.cancel, name="planned-session-cancelling"),
    path("planned-sessions/<int:pk>/room/", outreach_rooms.room, name="planned-session-room"),
    path("planned-sessions/<int:pk>/room/closing/", outreach_rooms.close, name="planned-session-room-step"),
    path("learning-questions/<int:pk>/reading/", learning.approve, name="learning-question-reading"),
    path("outreach-sessions/<int:pk>/paper/", learning.paper, name="outreach-session-paper"),
    path("loudspeaker-slots/<int:pk>/outcome/", posts.tell, name="loudspeaker-slot-outcome"),
    path("hazards/waiting/", hazards.board, name="hazard-board"),
    path("hazards/<int:pk>/course/", hazards.course, name="hazard-course"),
    path("hazards/<int:pk>/handover/", hazards.handover, name="hazard-handover"),
    path("hazards/<int:pk>/progress/", hazards.progress, name="hazard-progress"),
    path("hazards/<int:pk>/mending/", hazards.mending, name="hazard-mending"),
    path("hazards/<int:pk>/look/", hazards.look, name="hazard-look"),
]
