"""Pages of people, of their data and of the trail."""

from django.urls import include, path

from luytre.administration.views import importing, limits, own, people, requests, trail

patterns = [
    path("accounts/", people.people, name="people"),
    path("accounts/new/", people.new, name="person-new"),
    path("accounts/import/", importing.upload, name="import"),
    path("accounts/import/accounts/", importing.bring_in, name="import-confirm"),
    path("accounts/import/template/", importing.template, name="import-template"),
    path("accounts/<int:pk>/", people.person, name="person"),
    path("accounts/<int:pk>/code/", people.reset, name="reset"),
    path("accounts/<int:pk>/suspension/", people.suspend, name="suspend"),
    path("accounts/<int:pk>/suspension/lifting/", people.lift, name="lift"),
    path("accounts/<int:pk>/assignments/new/", people.assign, name="assign"),
    path("accounts/<int:pk>/stand-in/", people.stand_in, name="stand-in"),
    path("accounts/assignments/<int:pk>/ending/", people.end, name="end"),
    path("my-account/held/", own.about_me, name="held"),
    path("my-account/held.json", own.about_me_json, name="held-json"),
    path("my-data/", requests.start, name="my-data"),
    path("my-data/new/", requests.file, name="file"),
    path("my-data/state/", requests.state, name="state"),
    path("data-requests/", requests.desk, name="desk"),
    path("data-requests/<int:pk>/", requests.one, name="request"),
    path("audit/", trail.entries, name="trail"),
    path("audit/export/", trail.export, name="trail-export"),
    path("audit/roots/", trail.roots, name="roots"),
    path("audit/roots.json", trail.roots_json, name="roots-json"),
]

urlpatterns = [
    path("my-account/", own.account, name="account"),
    path("what-this-does-not-do/", limits.page, name="limits"),
    path("what-is-kept/", limits.kept, name="kept"),
    path("", include((patterns, "administration"))),
]
