from django.urls import path

from luytre.bulletins.views import materials
from luytre.ui.kit.urls import urls_of

app_name = "bulletins"

urlpatterns = [
    *urls_of(app_name),
    path("materials/<int:pk>/versions/", materials.versions, name="material-versions"),
    path("materials/<int:pk>/versions/new/", materials.add_version, name="material-version-add"),
    path("material-versions/<int:pk>/publication/", materials.publish, name="material-publication-approval"),
    path("material-versions/<int:pk>/withdrawal/", materials.withdraw, name="material-withdrawal-approval"),
    path("material-versions/<int:pk>/file/", materials.download, name="material-download"),
]
