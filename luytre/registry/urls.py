from django.urls import path

from luytre.registry.views import coverage, groups, initiatives, life, notices, site_verbs, types
from luytre.ui.kit.urls import urls_of

app_name = "registry"

urlpatterns = [
    path("sites/proposal/", initiatives.propose, name="site-proposal"),
    path("sites/quiet/", life.quiet_sites, name="quiet-sites"),
    path("sites/quiet/limit/", life.set_limit, name="quiet-limit"),
    path("sites/coverage/", coverage.coverage, name="coverage"),
    path("sites/notices/", notices.notices, name="notices"),
    path("sites/notices/new/", notices.write, name="notice-new"),
    path("sites/notices/<int:pk>/", notices.notice, name="notice"),
    path("sites/scale/", types.scale, name="scale"),
    path("sites/scale/<int:pk>/end/", types.end_grade, name="scale-grade-remove"),
    path("initiatives/", types.types, name="types"),
    path("initiatives/new/", types.add_type, name="type-new"),
    path("initiatives/<int:pk>/", types.type_page, name="type"),
    path("initiatives/<int:pk>/merging/", types.merge_type, name="type-merging"),
    *urls_of(app_name),
    path("sites/<int:pk>/activity/", initiatives.record_activity, name="site-activity"),
    path("sites/<int:pk>/appeal/", site_verbs.appeal, name="site-appeal"),
    path("sites/<int:pk>/appeal/answer/", site_verbs.answer_appeal, name="site-appeal-answer"),
    path("sites/<int:pk>/approval/", site_verbs.approve, name="site-approval"),
    path("sites/<int:pk>/closing/", site_verbs.close, name="site-closing"),
    path("sites/<int:pk>/count/", site_verbs.count, name="site-count"),
    path("sites/<int:pk>/equipment/", site_verbs.equip, name="site-equipment"),
    path("sites/<int:pk>/funding/", site_verbs.fund, name="site-funding"),
    path("sites/<int:pk>/head/", site_verbs.head, name="site-head"),
    path("sites/<int:pk>/interview/", life.ask_four_questions, name="site-interview"),
    path("sites/<int:pk>/launch/", site_verbs.launch, name="site-launch"),
    path("sites/<int:pk>/merging/", site_verbs.merge, name="site-merging"),
    path("sites/<int:pk>/proposal/", site_verbs.propose_again, name="site-proposal-again"),
    path("sites/<int:pk>/rating/", site_verbs.rate, name="site-rating"),
    path("sites/<int:pk>/refusal/", site_verbs.refuse, name="site-refusal"),
    path("sites/<int:pk>/replication/", coverage.replication, name="site-replication"),
    path("sites/<int:pk>/review/", site_verbs.review, name="site-review"),
    path("sites/<int:pk>/strengthening/", site_verbs.strengthen, name="site-strengthening"),
    path("watch-groups/<int:pk>/disbanding/", groups.disband_group, name="watch-group-disbanding"),
]
