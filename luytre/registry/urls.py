from django.urls import path

from luytre.registry import registers, views
from luytre.ui.kit.urls import urls_of

app_name = "registry"

urlpatterns = [
    *urls_of(registers.sites.app),
    path("sites/<int:pk>/closing/", views.close_site, name="site-closing"),
    path("sites/<int:pk>/rating/", views.rate_site, name="site-rating"),
    path("watch-groups/<int:pk>/disbanding/", views.disband_group, name="watch-group-disbanding"),
]
