"""Where officers work, signed in."""

from django.urls import path

from luytre.tips.views import desk

app_name = "desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("<uuid:desk>/", desk.inbox, name="inbox"),
    path("<uuid:desk>/rows/", desk.rows, name="rows"),
    path("<uuid:desk>/secrets/", desk.keys, name="keys"),
    path("<uuid:desk>/handover/", desk.handover, name="handover"),
    path("<uuid:desk>/register/", desk.register, name="register"),
    path("<uuid:desk>/new/", desk.enter, name="enter"),
    path("<uuid:desk>/heard/", desk.heard, name="heard"),
    path("<uuid:desk>/complaints/<uuid:tip>/", desk.answer, name="answer"),
    path("tip/<uuid:tip>/", desk.show, name="tip"),
    path("tip/<uuid:tip>/sealed/", desk.sealed, name="sealed"),
    path("tip/<uuid:tip>/parts/", desk.parts, name="parts"),
    path("tip/<uuid:tip>/parts/<slug:digest>/", desk.part, name="part"),
    path("tip/<uuid:tip>/acts/<slug:name>/", desk.act, name="act"),
    path("tip/<uuid:tip>/forms/<slug:form>/", desk.paper, name="paper"),
]
