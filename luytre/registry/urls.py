from django.urls import path

from luytre.registry.views import counts, groups, guard_teams, initiatives, members
from luytre.registry.views.places import places_map
from luytre.ui.kit.urls import urls_of

app_name = "registry"

urlpatterns = [
    *urls_of(app_name),
    path("public-places/map/", places_map, name="place-map"),
    path("sites/<int:pk>/closing/", initiatives.close_site, name="site-closing"),
    path("sites/<int:pk>/rating/", initiatives.rate_site, name="site-rating"),
    path("watch-groups/<int:pk>/disbanding/", groups.disband_group, name="watch-group-disbanding"),
    path("watch-groups/<int:pk>/count/", counts.count_group, name="watch-group-count"),
    path("guard-teams/<int:pk>/count/", counts.count_team, name="guard-team-count"),
    path("guard-teams/<int:pk>/dissolution/", guard_teams.dissolve, name="guard-team-dissolution"),
    path("members/<int:pk>/contact/", members.show_contact, name="member-contact"),
    path("members/<int:pk>/training/", members.record_training, name="member-training"),
    path("members/<int:pk>/leaving/", members.leave, name="member-leaving"),
    path("members/<int:pk>/withdrawal/", members.withdraw, name="member-withdrawal"),
    path("trainings/<int:pk>/attendance/", members.tick_attendance, name="training-attendance"),
]
