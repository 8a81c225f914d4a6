from django.urls import path

from luytre.activities.views import campaigns, hazards, learning, outreach_plans, outreach_rooms, posts
from luytre.ui.kit.urls import urls_of

app_name = "activities"

urlpatterns = [
    *urls_of(app_name),
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
