"""Codes to be read by a phone, drawn here as SVG: nothing is asked of anybody else."""

from io import BytesIO

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SIDE = 6


def svg(address: str, words: str) -> SafeString:
    """The drawing has its own light ground, so that it can be read in the dark too."""
    drawing = BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", scale=SIDE, border=4, light="#fff", dark="#000", xmldecl=False, svgns=True, nl=False
    )
    return format_html(
        '<div class="qr" role="img" aria-label="{}">{}</div>', words, mark_safe(drawing.getvalue().decode())
    )
