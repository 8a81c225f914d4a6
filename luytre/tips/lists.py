"""Signed lists outside the database: made and renewed at the ceremony, carried in a file, checked before they go in."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from luytre.tips import keychain
from luytre.tips.founding import MONTH, YEAR, keep
from luytre.tips.models import Desk, SignedList, SignedListKind
from luytre.tips.sealing import Sealer


class NotValid(Exception):
    """Not signed by whom it must be, older than what is there, or out of its time; the message says which."""


def provinces(files: list[dict[str, Any]], recovery: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What the root says: whose key each province has, and its recovery holders."""
    return {
        "provinces": [
            {
                "id": one["id"],
                "key": one["key"],
                "recovery": [{"id": holder["id"], "recipient": holder["recipient"]} for holder in recovery[one["id"]]],
            }
            for one in files
        ]
    }


def desks(asked: list[dict[str, Any]], province: str, *, now: int, least: dict[str, int]) -> dict[str, Any]:
    """What a province says: the certifying key of each desk, for a year; `least`: lists older than these are void."""
    return {
        "province": province,
        "desks": [
            {
                **{"id": one["id"], "name": one["name"], "key": one["key"], "until": now + YEAR},
                **({"least": least[one["id"]]} if one["id"] in least else {}),
            }
            for one in asked
        ],
    }


def signed(
    seals: Sealer, kind: str, of: str, content: dict[str, Any], secret: str, *, now: int, version: int, holds: int = 0
) -> dict[str, Any]:
    holds = holds or (YEAR if kind == SignedListKind.PROVINCES else MONTH)
    said = {"version": version, "issued": now, "expires": now + holds, **content}
    return {"kind": kind, "of": of, "statement": seals.ask("sign", kind=kind, said=said, secret=secret)}


def renewed(seals: Sealer, old: dict[str, Any], secret: str, *, now: int, holds: int = 0) -> dict[str, Any]:
    """The same again for another month."""
    said = json.loads(old["statement"]["text"])
    content = {name: value for name, value in said.items() if name not in ("version", "issued", "expires")}
    return signed(seals, old["kind"], old["of"], content, secret, now=now, version=said["version"] + 1, holds=holds)


def read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text()))


@transaction.atomic
def install(seals: Sealer, list_: dict[str, Any], *, now: int) -> SignedList:
    """Into the database, from which browsers fetch it; they check it again themselves."""
    kind, statement = str(list_["kind"]), list_["statement"]
    said = json.loads(statement["text"])
    of = owner_of(kind, said)
    seals.ask("verify", kind=kind, statement=statement, key=expected_key(kind, said))
    last = keychain.newest(kind, of)
    if last and said["version"] <= last.version:
        raise NotValid(f"{kind} {of}: {said['version']} ≤ {last.version}")
    if not said["issued"] <= now + 3600 or said["expires"] <= now:
        raise NotValid(f"{kind} {of}: {said['issued']}–{said['expires']}")
    return keep(kind, of, statement, said)


def owner_of(kind: str, said: dict[str, Any]) -> str:
    """In what was signed, never in what came with it."""
    name = {SignedListKind.PROVINCES: "", SignedListKind.DESKS: "province", SignedListKind.DESK: "desk"}[
        SignedListKind(kind)
    ]
    return str(said[name]) if name else ""


def expected_key(kind: str, said: dict[str, Any]) -> str:
    if kind == SignedListKind.PROVINCES:
        return keychain.root()
    if kind == SignedListKind.DESKS:
        return entry(keychain.newest(SignedListKind.PROVINCES, ""), "provinces", said["province"])
    certifying = keychain.certifying_list(str(said["desk"]))
    if certifying is None:
        raise NotValid(f"{kind}: {said['desk']}")
    return entry(certifying, "desks", said["desk"])


def entry(list_: SignedList | None, name: str, id: str) -> str:
    found = [one for one in json.loads(list_.text)[name] if one["id"] == id] if list_ else []
    if not found:
        raise NotValid(f"{name}: {id}")
    return str(found[0]["key"])


def asked_for() -> list[dict[str, str]]:
    """The desks of this house with their certifying keys, for a province to sign; compare fingerprints first.

    A key that two holders have just made comes before the one that signed the last list."""
    newest = SignedList.objects.filter(kind=SignedListKind.DESK).order_by("of", "-version").distinct("of")
    keys = {one.of: one.key for one in newest}
    return [
        {"id": str(one.pk), "name": one.name, "key": one.certifier or keys.get(str(one.pk), "")}
        for one in Desk.objects.filter(closed_at=None).order_by("name")
    ]
