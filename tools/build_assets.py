"""Puts the fonts and the scripts that the pages and the reports name where they look for them: `build_assets.py`."""

import logging
import re
import shutil
import subprocess
from pathlib import Path

from print_fonts import make_print_fonts

PROJECT = Path(__file__).resolve().parent.parent
MODULES = PROJECT / "node_modules"
PACKAGES = MODULES / "@fontsource"
BUILD = PROJECT / "luytre" / "ui" / "static" / "build"
ESBUILD = next((MODULES / "@esbuild").glob("*/bin/esbuild"))  # the program itself: it needs no Node
NODE = {"child"}  # runs beside the server, not in a page
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


def bundle_seals() -> None:
    """The tip line's scripts with the age library, a file for each page; `child.mjs` is for Node beside the server."""
    scripts = PROJECT / "luytre" / "tips" / "scripts"
    names = sorted(path.stem for path in scripts.glob("*.js"))
    shutil.rmtree(BUILD / "tips", ignore_errors=True)
    for kind, chosen in {
        "browser": [n for n in names if n not in NODE],
        "node": [n for n in names if n in NODE],
    }.items():
        if chosen:
            target = (
                ["--platform=node", "--out-extension:.js=.mjs", "--keep-names"]  # errors are told by name
                if kind == "node"
                else ["--target=es2020"]
            )
            command = [
                str(ESBUILD),
                *(str(scripts / f"{name}.js") for name in chosen),
                "--bundle",
                "--format=esm",
                "--minify",
            ]
            subprocess.run(
                [*command, *target, "--legal-comments=external", f"--outdir={BUILD / 'tips'}", "--log-level=warning"],
                check=True,
            )


if __name__ == "__main__":
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    copy_fonts()
    copy_idb()
    bundle_seals()
    make_print_fonts(PACKAGES / "tinos" / "files", BUILD / "print-fonts")
