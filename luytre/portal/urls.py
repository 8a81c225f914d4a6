from django.urls import include, path

from luytre.portal import materials, taking_part, views

pages = [
    path("", views.front, name="front"),
    path("places/<slug:code>/", views.place, name="place"),
    path("pledges/", taking_part.pledges, name="pledges"),
    path("pledges/<slug:code>/", taking_part.pledge, name="pledge"),
    path("offers/", taking_part.offers, name="offers"),
    path("materials/", materials.materials, name="materials"),
    path("materials/<int:pk>/", materials.material, name="material"),
    path("materials/<int:pk>/file/", materials.material_file, name="material-download"),
]

urlpatterns = [path("", include((pages, "portal")))]
