"""The doors of rooms: short, since people type them."""

from django.urls import path

from luytre.activities.views import outreach_public_rooms as rooms

app_name = "rooms"

urlpatterns = [
    path("", rooms.door, name="door"),
    path("<slug:code>/", rooms.room, name="room"),
    path("<slug:code>/presence/", rooms.come_in, name="presence-step"),
    path("<slug:code>/questions/<slug:moment>/", rooms.questions, name="questions"),
]
