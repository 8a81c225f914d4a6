from django.urls import path

from luytre.activities.views import (
    campaigns,
    duty,
    duty_swaps,
    hazards,
    learning,
    outreach_plans,
    outreach_rooms,
    posts,
)
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
    path("duty/", duty.teams, name="duty-teams"),
    path("duty/mine/", duty_swaps.mine, name="duty-mine"),
    path("duty/shifts/<int:pk>/assignment/", duty.assign, name="duty-assign"),
    path("duty/shifts/<int:pk>/removal/", duty.remove_shift, name="duty-shift-removal"),
    path("duty/duties/<int:pk>/ending/", duty.take_off, name="duty-end"),
    path("duty/duties/<int:pk>/swap/", duty_swaps.ask, name="duty-swap"),
    path("duty/swaps/<int:pk>/answer/", duty_swaps.answer, name="duty-swap-answer"),
    path("duty/<slug:kind>/<int:pk>/", duty.week, name="duty-week"),
    path("duty/<slug:kind>/<int:pk>/sheet/", duty.sheet, name="duty-sheet"),
    path("duty/<slug:kind>/<int:pk>/shifts/", duty.add_shifts, name="duty-shifts-add"),
    path("duty/<slug:kind>/<int:pk>/copy/", duty.copy_week, name="duty-copy-week"),
]
