from django.urls import path

from luytre.reporting.views import catalogue, releases, reports, territory

app_name = "reporting"

urlpatterns = [
    path("territory/", territory.home, name="territory-home"),
    path("territory/<slug:code>/", territory.show, name="territory"),
    path("territory/<slug:code>/parts.csv", territory.parts_csv, name="territory-csv"),
    path("territory/<slug:code>/parts.xlsx", territory.parts_excel, name="territory-excel"),
    path("territory/<slug:code>/trend.csv", territory.trend_csv, name="territory-trend"),
    path("figures/", catalogue.index, name="indicators"),
    path("figures/seeds/", catalogue.seed_figures, name="seeds"),
    path("figures/releases/", releases.index, name="releases"),
    path("figures/releases/new/", releases.ask, name="release-new"),
    path("figures/releases/<int:pk>/", releases.show, name="release"),
    path("figures/releases/<int:pk>/approval/", releases.approve, name="release-approval"),
    path("figures/releases/<int:pk>/refusal/", releases.refuse, name="release-refusal"),
    path("figures/<slug:code>/", catalogue.show, name="indicator"),
    path("reports/", reports.index, name="reports"),
    path("reports/<slug:code>/<slug:period>.docx", reports.as_word, name="report-word"),
    path("reports/<slug:code>/<slug:period>.pdf", reports.as_pdf, name="report-pdf"),
]
