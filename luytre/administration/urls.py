"""Pages of people, of their data and of the trail."""

from django.urls import include, path

from luytre.administration.views import (
    importing,
    limits,
    own,
    people,
    places,
    requests,
    territory,
    territory_list,
    trail,
)

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
    path("territory-changes/", territory.index, name="changes"),
    path("territory-changes/official/", territory.official, name="official-changes"),
    path("territory-changes/new/", territory.choose, name="change-choose"),
    path("territory-changes/new/<slug:kind>/", territory.new, name="change-new"),
    path("territory-changes/list/", territory_list.upload, name="change-list"),
    path("territory-changes/list/draft/", territory_list.draft, name="change-list-draft"),
    path("territory-changes/list/template/", territory_list.template, name="change-list-template"),
    path("territory-changes/<int:pk>/", territory.show, name="change"),
    path("territory-changes/<int:pk>/force/", territory.enforce, name="change-force"),
    path("territory-changes/<int:pk>/withdrawal/", territory.withdraw, name="change-withdrawal"),
    path("territory-changes/<int:pk>/undoing/", territory.undo, name="change-undoing"),
    path("places/<str:code>/history/", places.history, name="place-history"),
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
