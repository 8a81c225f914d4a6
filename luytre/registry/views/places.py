"""The map of public places: the nation by province, a province or a commune by its points."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Level, Scope, Standing
from luytre.registry.models.places import Place
from luytre.registry.registers.places import places as register
from luytre.ui import maps
from luytre.ui.charts import Chart
from luytre.ui.drawing import Part
from luytre.ui.maps import Point
from luytre.ui.place_maps import Pin, pins

MOST = 300


@require_GET
@allow(Permission.REGISTER_READ)
def places_map(request: StaffRequest) -> HttpResponse:
    inside = Area.objects.within(request.scope)
    asked = inside.filter(code=request.GET.get("area", "")).first()
    area = asked or inside.order_by("path")[0]
    rows = Place.objects.within(request.scope).of(area, on=request.scope.on).kept()
    is_nation = area.level == Level.NATION
    shown = rows.order_by("sort_key", "pk")[:MOST]
    chart = None
    if rows.exists():
        chart = of_nation(rows, request.scope) if is_nation else of_points(shown, area, request.scope)
    context = {
        "area": area,
        "chart": chart,
        "register": register,
        "below": [one for one in area.children_on(request.scope.on) if one.level in (Level.PROVINCE, Level.COMMUNE)],
        "more": 0 if is_nation else max(0, rows.count() - MOST),
        "crumbs": [(capfirst(register.label), register.url()), (_("Map"), "")],
    }
    return render(request, "registry/place_map.html", context)


def of_points(rows: Any, area: Area, scope: Scope) -> Chart:
    found = [pin_of(one) for one in rows.select_related("kind", "area")]
    communes = [area] if area.level == Level.COMMUNE else area.children_on(scope.on).filter(level=Level.COMMUNE)
    marks = [landmark(one) for one in communes if one.latitude is not None and one.longitude is not None]
    count = ngettext("%(count)d public place in %(place)s.", "%(count)d public places in %(place)s.", len(found))
    title = _("Public places: %(place)s") % {"place": area.full_name}
    sentence = count % {"count": len(found), "place": area.full_name}
    near = marks if area.level == Level.COMMUNE else [one for one in marks if one.code in {p.code for p in found}]
    return pins(title=title, sentence=sentence, places=found, landmarks=near, province=province_of(area))


def province_of(area: Area) -> str:
    codes = area.path.split(".")
    return codes[1] if len(codes) > 2 else ""


def pin_of(one: Place) -> Pin:
    commune = one.area.path.split(".")[2] if one.area.path.count(".") > 2 else ""
    return Pin(
        one.name, 1, register.url("record", pk=one.pk), code=commune, latitude=float(one.latitude),
        longitude=float(one.longitude), kind=str(one.kind), where=one.area.full_name,
    )  # fmt: skip


def landmark(area: Area) -> Point:
    return Point(
        area.name, None, code=area.code, latitude=float(area.latitude or 0), longitude=float(area.longitude or 0)
    )


def of_nation(rows: Any, scope: Scope) -> Chart:
    """How many are recorded in each province, on the map with Hoàng Sa and Trường Sa."""
    counts = dict(rows.order_by().values_list("area").annotate(count=Count("pk")).values_list("area", "count"))
    totals: dict[str, int] = {}
    standing = Standing.objects.on(scope.on).filter(area__in=list(counts), is_main=True)
    for area, path in standing.values_list("area", "path"):
        code = path.split(".")[1]
        totals[code] = totals.get(code, 0) + counts[area]
    provinces = Area.objects.within(scope).filter(level=Level.PROVINCE).sorted()
    parts = [Part(one.name, totals.get(one.code, 0), f"?area={one.code}", code=one.code) for one in provinces]
    sentence = _("Public places recorded, by province. A province leads to its points.")
    return maps.provinces(title=_("Public places of the nation"), sentence=sentence, parts=parts)
