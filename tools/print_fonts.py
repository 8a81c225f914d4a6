"""Joins the Tinos web fonts, one file a script, into the four TTF files the PDF needs: `print_fonts.py FROM TO`."""

import logging
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge.options import Options
from fontTools.ttLib import TTFont

SCRIPTS = ("latin", "latin-ext", "vietnamese")
STYLES = {
    "400-normal": "Tinos-Regular",
    "400-italic": "Tinos-Italic",
    "700-normal": "Tinos-Bold",
    "700-italic": "Tinos-BoldItalic",
}


def join_style(webfonts: Path, style: str, target: Path) -> None:
    """Hints are left out: they are made for screens, and those of one file do not fit the glyphs of another."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for script in SCRIPTS:
            part = Path(folder) / f"{script}.ttf"
            font = TTFont(webfonts / f"tinos-{script}-{style}.woff2")
            font.flavor = None
            font.save(part)
            parts.append(str(part))
        options = Options(drop_tables=["cvt ", "fpgm", "prep", "gasp", "hdmx", "VDMX", "LTSH"])
        joined = Merger(options=options).merge(parts)
    for glyph in joined["glyf"].glyphs.values():
        glyph.trim(remove_hinting=True)
    unready = target.with_suffix(".part")
    joined.save(unready)
    unready.replace(target)


def make_print_fonts(webfonts: Path, destination: Path) -> None:
    """`webfonts` is the folder `files` of the npm package @fontsource/tinos."""
    destination.mkdir(parents=True, exist_ok=True)
    for style, name in STYLES.items():
        join_style(webfonts, style, destination / f"{name}.ttf")


if __name__ == "__main__":
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    make_print_fonts(Path(sys.argv[1]), Path(sys.argv[2]))
