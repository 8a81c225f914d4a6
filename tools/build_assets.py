"""Puts the fonts and the one script that the pages and the reports name where they look for them: `build_assets.py`."""

import logging
import re
import shutil
from pathlib import Path

from print_fonts import make_print_fonts

PROJECT = Path(__file__).resolve().parent.parent
MODULES = PROJECT / "node_modules"
PACKAGES = MODULES / "@fontsource"
BUILD = PROJECT / "luytre" / "ui" / "static" / "build"
STYLES = PROJECT / "luytre" / "ui" / "static" / "ui"


def named_fonts() -> list[str]:
    """The file names in our own style sheets."""
    text = "".join(sheet.read_text() for sheet in sorted(STYLES.glob("*.css")))
    return sorted(set(re.findall(r"build/fonts/([\w-]+\.woff2)", text)))


def copy_fonts() -> None:
    """A file is called as its package, then its subset, weight and style."""
    (BUILD / "fonts").mkdir(parents=True, exist_ok=True)
    packages = sorted((folder.name for folder in PACKAGES.iterdir()), key=len, reverse=True)
    for name in named_fonts():
        package = next(package for package in packages if name.startswith(package))
        shutil.copyfile(PACKAGES / package / "files" / name, BUILD / "fonts" / name)
    for package in packages:
        shutil.copyfile(PACKAGES / package / "LICENSE", BUILD / "fonts" / f"{package}-LICENSE.txt")


def copy_idb() -> None:
    """Promises over IndexedDB, one file without imports."""
    (BUILD / "idb").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(MODULES / "idb" / "build" / "index.js", BUILD / "idb" / "index.js")
    shutil.copyfile(MODULES / "idb" / "LICENSE", BUILD / "idb" / "LICENSE.txt")


if __name__ == "__main__":
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    copy_fonts()
    copy_idb()
    make_print_fonts(PACKAGES / "tinos" / "files", BUILD / "print-fonts")
