"""Draw the icons of the installed app from our own mark: `python tools/draw_icons.py`.

The strokes are those of `luytre/ui/static/ui/mark.svg`. Phones want PNG; a maskable one keeps its edge free.
"""

from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).resolve().parent.parent / "luytre" / "ui" / "static" / "ui" / "icons"
PAPER, BAMBOO = "#fbfaf5", "#17613f"
FINE = 4  # drawn so many times larger, then made smaller, for smooth edges
STEMS = [(4, 22, 8), (4, 12, 8.5), (13.5, 23.5, 6.5), (13.5, 13.5, 8.5), (13.5, 3, 9), (23, 25, 5), (23, 16, 7.5)]
LEAVES = [
    [((9.5, 11), (7, 9.5), (4.8, 6.8), (4, 3)), ((4, 3), (7.4, 3.8), (9.3, 6.6), (9.5, 11))],
    [((23, 15), (23.2, 10.6), (25.3, 7.7), (29.5, 6.5)), ((29.5, 6.5), (28.8, 10.7), (26.5, 13.7), (23, 15))],
]
Point = tuple[float, float]


def curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """A cubic Bezier curve as forty points."""
    made = []
    for step in range(41):
        t = step / 40
        u = 1 - t
        weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
        made.append(tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1)))
    return made  # type: ignore[return-value]


def draw(size: int, *, share: float) -> Image.Image:
    """The mark takes `share` of the side."""
    large = size * FINE
    unit, edge = large * share / 32, large * (1 - share) / 2
    image = Image.new("RGB", (large, large), PAPER)
    pen = ImageDraw.Draw(image)
    for x, y, height in STEMS:
        corners = [edge + x * unit, edge + y * unit, edge + (x + 5) * unit, edge + (y + height) * unit]
        pen.rounded_rectangle(corners, radius=1.5 * unit, fill=BAMBOO)
    for leaf in LEAVES:
        pen.polygon([(edge + x * unit, edge + y * unit) for part in leaf for x, y in curve(*part)], fill=BAMBOO)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    draw(192, share=0.8).save(TARGET / "192.png", optimize=True)
    draw(512, share=0.8).save(TARGET / "512.png", optimize=True)
    draw(512, share=0.56).save(TARGET / "512-maskable.png", optimize=True)
