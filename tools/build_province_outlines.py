"""Write `luytre/areas/data/province_outlines.json`, the map of the 34 provinces as SVG path data.

A build-time tool, like `build_territory.py`:

    pip install shapely
    python tools/build_province_outlines.py PATH/provinces34.geojson

The outlines are dissolved from Natural Earth (public domain), which shows neither Hoàng Sa nor Trường Sa; both are
added here as boxes at the right of the map. A box has a scale of its own: its dots stand as the islands stand to each
other, not where the map's projection would put them.
"""

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path

from shapely.geometry import Polygon
from shapely.ops import polylabel

# Islands by general geography, to a tenth of a degree (longitude, latitude).
HOANG_SA = "112.3,16.8 111.6,16.5 111.7,16.4 111.2,15.8 112.7,16.7 111.5,17.1 112.5,16.0 112.3,17.0 111.8,16.1"
TRUONG_SA = (
    "111.9,8.6 114.3,11.4 114.4,10.2 114.3,9.9 114.5,10.4 112.9,7.9 113.7,9.0 "
    "113.3,8.2 112.2,8.8 114.3,11.1 114.4,10.7 114.0,8.8 115.0,11.1 111.7,8.7"
)
# name, province, box on the map (x, y, width, height), corner (west, north), degrees across
INSETS = (
    ("Quần đảo Hoàng Sa", "48", (522.0, 430.0, 106.0, 106.0), (110.9, 17.6), 2.1, HOANG_SA),
    ("Quần đảo Trường Sa", "56", (508.0, 880.0, 120.0, 130.0), (111.3, 11.8), 4.1, TRUONG_SA),
)
VIEWBOX = (0, 0, 640, 1070)
LON0, LAT1, SCALE_Y = 101.95, 23.55, 70.0
SCALE_X = round(SCALE_Y * math.cos(math.radians(16)), 3)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    return round((longitude - LON0) * SCALE_X, 1), round((LAT1 - latitude) * SCALE_Y, 1)


def ring_path(points: Sequence[tuple[float, float]]) -> str:
    """One closed ring as SVG path data, points that fall together left out."""
    corners: list[tuple[float, float]] = []
    for point in points[:-1]:
        if (corner := project(*point[:2])) not in corners[-1:]:
            corners.append(corner)
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in corners) + "Z" if len(corners) > 2 else ""


def outlines(geojson: Path) -> dict[str, object]:
    """The 34 provinces as SVG path data with a point for the label, and the two archipelagos as inset boxes."""
    provinces: dict[str, dict[str, object]] = {}
    for feature in json.loads(geojson.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        coordinates = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        parts = [Polygon(outer, holes) for outer, *holes in coordinates]
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        label = polylabel(max(parts, key=lambda part: part.area), 0.02)
        path = "".join(ring_path(list(ring.coords)) for ring in rings)
        provinces[feature["properties"]["code"]] = {"path": path, "label": project(label.x, label.y)}
    islands = []
    for name, province, (x, y, width, height), (west, north), across, places in INSETS:
        scale = width / across
        dots = []
        for longitude, latitude in (map(float, place.split(",")) for place in places.split()):
            dots.append((round(x + (longitude - west) * scale, 1), round(y + (north - latitude) * scale, 1)))
        box = {"x": x, "y": y, "w": width, "h": height}
        islands.append({"name": name, "province": province, **box, "dots": dots})
    projection = {"lon0": LON0, "lat1": LAT1, "scale_x": SCALE_X, "scale_y": SCALE_Y}
    provinces = dict(sorted(provinces.items()))
    return {"viewbox": VIEWBOX, "projection": projection, "provinces": provinces, "islands": islands}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("geojson", type=Path)
    here = Path(__file__).resolve().parent.parent
    parser.add_argument("--out", type=Path, default=here / "luytre/areas/data/province_outlines.json")
    options = parser.parse_args()
    text = json.dumps(outlines(options.geojson), ensure_ascii=False, separators=(",", ":"))
    options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
