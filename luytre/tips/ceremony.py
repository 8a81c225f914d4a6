"""Keys that are made far from any network: the root, the provinces, three recovery holders of each, the release's key.

Each leaves three things: a file locked with ten words (an age file: any age opens it), a public file, and a sheet to
print with the locked file on it. The words are told once, to be written by hand; no file ever holds them.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string

from luytre.common.text import fold
from luytre.tips.sealing import Sealer

SIGNS = ("root", "province", "release")  # keys that sign
OPENS = ("recovery",)  # keys that are sealed to
KINDS = (*SIGNS, *OPENS)
STYLE = Path(__file__).with_name("data") / "sheet.css"
WORK = 18  # log2 of scrypt's cost: some seconds, once a month


class WrongWords(Exception):
    """The file does not open with these words."""


@dataclass(frozen=True)
class Made:
    """A new key: what may be shown to everybody, what is locked, and the words."""

    public: dict[str, str]
    locked: str
    words: list[str]

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.public["kind"], self.public["id"])))


def make(seals: Sealer, kind: str, id: str = "", *, work: int = WORK) -> Made:
    about = {"kind": kind, "id": id}
    if kind in OPENS:
        made = seals.ask("identity")
        secret = {**about, "identity": made["secret"]}
        public = {**about, "recipient": made["recipient"]}
    else:
        made = seals.ask("signer")
        secret = {**about, "signer": made["secret"]}
        public = {**about, "key": made["key"], "fingerprint": made["fingerprint"]}
    words = seals.ask("words")
    locked = seals.ask("lock", bytes=json.dumps(secret).encode(), words=fold(" ".join(words)), work=work)
    return Made(public, locked, words)


def write(made: Made, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        folder / f"{made.name}.age": made.locked,
        folder / f"{made.name}.public.json": f"{json.dumps(made.public, indent=1)}\n",
        folder / f"{made.name}.sheet.html": sheet(made),
    }
    if any(file.exists() for file in files):
        raise FileExistsError(f"{folder}: {made.name}")
    for file, text in files.items():
        file.write_text(text)
        file.chmod(0o600 if file.suffix == ".age" else 0o644)
    return list(files)


def sheet(made: Made) -> str:
    """To print: the locked file in letters and as a picture, and ten lines for the words, which are written by hand."""
    picture = segno.make(made.locked, error="m").svg_inline(scale=3)
    about = {"made": made, "picture": picture, "lines": range(1, len(made.words) + 1)}
    style = f"<style>{STYLE.read_text()}</style></head>"  # one file that is printed far from any server
    return render_to_string("tips/sheet.html", about).replace("</head>", style)


def unlock(seals: Sealer, file: str, words: str) -> dict[str, str]:
    """The words may be typed with or without marks."""
    from luytre.tips.sealing import SealingFailed

    try:
        return dict(json.loads(seals.ask("unlock", file=file, words=fold(words))))
    except SealingFailed as error:
        raise WrongWords from error


def public(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text()))
