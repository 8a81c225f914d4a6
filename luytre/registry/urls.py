from django.urls import path

from luytre.registry.views import groups, initiatives, skilful
from luytre.ui.kit.urls import urls_of

app_name = "registry"

urlpatterns = [
    *urls_of(app_name),
    path("sites/<int:pk>/closing/", initiatives.close_site, name="site-closing"),
    path("sites/<int:pk>/rating/", initiatives.rate_site, name="site-rating"),
    path("watch-groups/<int:pk>/disbanding/", groups.disband_group, name="watch-group-disbanding"),
    path("skilful-works/<int:pk>/ending/", skilful.end_work, name="skilful-ending"),
]
