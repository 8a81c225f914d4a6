from django.urls import path

from luytre.activities.views import hazards
from luytre.ui.kit.urls import urls_of

app_name = "activities"

urlpatterns = [
    *urls_of(app_name),
    path("hazards/waiting/", hazards.board, name="hazard-board"),
    path("hazards/<int:pk>/course/", hazards.course, name="hazard-course"),
    path("hazards/<int:pk>/handover/", hazards.handover, name="hazard-handover"),
    path("hazards/<int:pk>/progress/", hazards.progress, name="hazard-progress"),
    path("hazards/<int:pk>/mending/", hazards.mending, name="hazard-mending"),
    path("hazards/<int:pk>/look/", hazards.look, name="hazard-look"),
]
