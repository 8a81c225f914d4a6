from django.urls import include, path

from luytre.portal import materials, views

pages = [
    path("", views.front, name="front"),
    path("places/<slug:code>/", views.place, name="place"),
    path("materials/", materials.materials, name="materials"),
    path("materials/<int:pk>/", materials.material, name="material"),
    path("materials/<int:pk>/file/", materials.material_file, name="material-download"),
]

urlpatterns = [path("", include((pages, "portal")))]
