"""Where officers work, signed in."""

from django.urls import path

from luytre.tips.views import custody, desk, desk_papers, handing, holding, keyring

app_name = "desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("keys/", keyring.mine, name="keyring"),
    path("keys/<uuid:key>/dropped/", keyring.drop, name="drop"),
    path("keys/<uuid:key>/passkey/", keyring.passkey, name="passkey"),
    path("identities/", custody.home, name="identities"),
    path("identities/<int:pk>/sealed/", custody.sealed, name="identity-sealed"),
    path("identities/<int:pk>/agreement/", custody.agree, name="identity-agree"),
    path("identities/<int:pk>/no/", custody.refuse, name="identity-refuse"),
    path("identities/<int:pk>/opening/", custody.open_once, name="identity-open"),
    path("<uuid:desk>/identities/", custody.of_desk, name="custody"),
    path("<uuid:desk>/identities/secrets/", custody.keys, name="custodian"),
    path("<uuid:desk>/join/<slug:role>/", keyring.join, name="join"),
    path("<uuid:desk>/join/<slug:role>/made/", keyring.ask, name="ask"),
    path("<uuid:desk>/founding/", holding.founding, name="founding"),
    path("<uuid:desk>/founding/key/", holding.found, name="found"),
    path("<uuid:desk>/people/", keyring.people, name="people"),
    path("<uuid:desk>/people/secrets/", keyring.holder, name="holder"),
    path("<uuid:desk>/people/draft/", keyring.draft, name="draft"),
    path("<uuid:desk>/people/list/", keyring.publish, name="publish"),
    path("<uuid:desk>/people/<uuid:key>/", holding.hold, name="hold"),
    path("<uuid:desk>/people/<uuid:key>/no/", holding.dismiss, name="dismiss"),
    path("<uuid:desk>/missing/", handing.missing, name="missing"),
    path("<uuid:desk>/stale/", handing.stale, name="stale"),
    path("<uuid:desk>/carry/", handing.carry, name="carry"),
    path("<uuid:desk>/carry/tips/", handing.carried, name="carried"),
    path("<uuid:desk>/", desk.inbox, name="inbox"),
    path("<uuid:desk>/rows/", desk.rows, name="rows"),
    path("<uuid:desk>/secrets/", desk.keys, name="keys"),
    path("<uuid:desk>/handover/", desk_papers.handover, name="handover"),
    path("<uuid:desk>/register/", desk_papers.register, name="register"),
    path("<uuid:desk>/new/", desk.enter, name="enter"),
    path("<uuid:desk>/heard/", desk.heard, name="heard"),
    path("<uuid:desk>/complaints/<uuid:tip>/", desk.answer, name="answer"),
    path("tip/<uuid:tip>/", desk.show, name="tip"),
    path("tip/<uuid:tip>/sealed/", desk.sealed, name="sealed"),
    path("tip/<uuid:tip>/parts/", desk.parts, name="parts"),
    path("tip/<uuid:tip>/parts/<slug:digest>/", desk.part, name="part"),
    path("tip/<uuid:tip>/acts/<slug:name>/", desk.act, name="act"),
    path("tip/<uuid:tip>/forms/<slug:form>/", desk_papers.paper, name="paper"),
]
