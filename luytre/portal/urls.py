from django.urls import include, path

from luytre.portal import taking_part, views

pages = [
    path("", views.front, name="front"),
    path("places/<slug:code>/", views.place, name="place"),
    path("pledges/", taking_part.pledges, name="pledges"),
    path("pledges/<slug:code>/", taking_part.pledge, name="pledge"),
    path("offers/", taking_part.offers, name="offers"),
]

urlpatterns = [path("", include((pages, "portal")))]
