"""For who oversees desks and who sets their clocks, signed in."""

from django.urls import path

from luytre.tips.views import oversight

app_name = "oversight"

urlpatterns = [
    path("", oversight.acts, name="acts"),
    path("rules/", oversight.clock_rules, name="rules"),
    path("rules/days/new/", oversight.day_off, name="day-off"),
    path("rules/<slug:code>/", oversight.clock_rule, name="rule"),
    path("complaints/", oversight.complaints, name="complaints"),
    path("clocks/", oversight.section, {"name": "clocks"}, name="clocks"),
    path("<slug:name>/", oversight.section, name="section"),
]
