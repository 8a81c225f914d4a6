from django.urls import include, path

from luytre.tips.views import figures, honesty, intake, plain, reporter

sealed = [
    path("keys/<uuid:desk>/", intake.keys, name="keys"),
    path("sealed/", intake.tips, name="sealed"),
    path("sealed/conversation/", intake.conversation, name="conversation"),
    path("sealed/part/", intake.part, name="part"),
    path("sealed/parts/", intake.parts, name="parts"),
    path("sealed/code/", intake.code, name="code"),
    path("sealed/withdrawal/", intake.withdrawal, name="withdrawal"),
    path("sealed/verdict/", intake.verdict, name="verdict"),
    path("sealed/proof/", honesty.proof, name="proof"),
    path("sealed/complaint/", intake.complaint, name="complaint"),
]

pages = [
    path("", reporter.report, name="report"),
    path("return/", reporter.come_back, name="return"),
    path("places/", reporter.places, name="places"),
    path("desks/<slug:province>/", reporter.of_province, name="desks"),
    path("elsewhere/", reporter.elsewhere, name="elsewhere"),
    path("days/", honesty.days, name="days"),
    path("days.json", honesty.days_as_data, name="days-as-data"),
    path("manifest.json", honesty.manifest, name="manifest"),
    path("plain/", plain.report, name="plain"),
    path("plain/return/", plain.come_back, name="plain-return"),
]

urlpatterns = [
    path("figures/", figures.shown, name="tip-figures"),
    path("work/oversight/", include("luytre.tips.oversight_urls")),
    path("work/", include("luytre.tips.work_urls")),
    path("", include(([*pages, *sealed], "tips"))),
]
