"""`luytre tips …`: what is done with the tip line from a terminal, most of it without network or database."""

import json
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.tips import ceremony, honesty, lists, recovery, soundness
from luytre.tips.models import Desk, SignedListKind
from luytre.tips.sealing import SealingFailed, sealer

KNOWN = (
    ceremony.WrongWords,
    lists.NotValid,
    recovery.CannotOpen,
    SealingFailed,
    OSError,
    KeyError,
    ValueError,
)


def asked_words(name: str) -> str:
    """Typed without being shown; from a pipe, a line for each."""
    question = _("Ten words of %(name)s: ") % {"name": name}
    return getpass(question) if sys.stdin.isatty() else sys.stdin.readline()


class Command(BaseCommand):
    help = (
        "ceremony: keys and signed lists, offline; install: signed lists into the database; recover: two of three "
        "holders restore a desk; manifest, verify: what a live site must serve; check: may tips be taken here."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, parser_class=ArgumentParser)
        made = kinds.add_parser("ceremony").add_subparsers(dest="step", required=True)
        for kind in ceremony.KINDS:
            one = made.add_parser(kind)
            one.add_argument("--id", default="", required=kind in ("province", "recovery"))
            one.add_argument("--into", type=Path, required=True)
        one = made.add_parser("provinces")
        one.add_argument("--province", type=Path, action="append", required=True, help="….public.json of a province")
        one.add_argument("--holder", action="append", required=True, help="CODE=….public.json of a recovery holder")
        one = made.add_parser("desks")
        one.add_argument("--province", required=True, help="the province's code")
        one.add_argument("--desks", type=Path, required=True, help="what `luytre tips desks` wrote")
        one.add_argument("--least", action="append", default=[], help="DESK=VERSION: older lists of the desk are void")
        sign = made.add_parser("sign", help="a list or a manifest again, for another month")
        sign.add_argument("list", type=Path)
        for each in (one, sign, made.choices["provinces"]):
            each.add_argument("--key", type=Path, required=True, help="….age of the key that signs")
            each.add_argument("--version", type=int, default=1, dest="number")
            each.add_argument("--out", type=Path, required=True)
        kinds.add_parser("desks").add_argument("out", type=Path)
        kinds.add_parser("install").add_argument("files", type=Path, nargs="+")
        steps = kinds.add_parser("recover").add_subparsers(dest="step", required=True)
        begin = steps.add_parser("begin", help="no holder is left: withdraw their keys, so that two others begin anew")
        begin.add_argument("--desk", required=True)
        begin.add_argument("--officers", action="store_true", help="the officers' keys are lost as well")
        take = steps.add_parser("take")
        take.add_argument("--desk", required=True)
        take.add_argument("file", type=Path)
        open_ = steps.add_parser("open")
        open_.add_argument("--root", required=True, help="the root's public key, from the poster")
        open_.add_argument("--holder", type=Path, action="append", required=True, help="….age, twice")
        open_.add_argument("file", type=Path)
        open_.add_argument("--out", type=Path, required=True)
        steps.add_parser("give").add_argument("file", type=Path)
        kinds.add_parser("manifest").add_argument("out", type=Path)
        verify = kinds.add_parser("verify")
        verify.add_argument("url")
        verify.add_argument("--root", default="", help="the root's public key, from the poster")
        verify.add_argument(
            "--manifest", type=Path, help="a signed list of files, in place of this machine's own build"
        )
        verify.add_argument("--release", default="", help="the release's public key, for --manifest")
        verify.add_argument("--days", type=Path, help="where the days' roots seen before are kept")
        verify.add_argument("--receipt", default="", help="the digest of a sealed part")
        kinds.add_parser("check")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Namespace(**options)
        try:
            getattr(self, f"do_{asked.what}")(asked)
        except KNOWN as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error

    # The ceremony

    def do_ceremony(self, asked: Namespace) -> None:
        if asked.step in ceremony.KINDS:
            self.make(asked)
        else:
            self.sign(asked)

    def make(self, asked: Namespace) -> None:
        with sealer() as seals:
            made = ceremony.make(seals, asked.step, asked.id)
        for file in ceremony.write(made, asked.into):
            self.stdout.write(str(file))
        self.stdout.write(_("Write these ten words by hand on sheet two. They are shown only now:"))
        for number, word in enumerate(made.words, 1):
            self.stdout.write(f"  {number:2}. {word}")
        if "fingerprint" in made.public:
            self.stdout.write(_("Fingerprint: %(digits)s") % {"digits": made.public["fingerprint"]})
        if asked.step == "root":
            self.stdout.write(f"LUYTRE_TIPS_ROOT={made.public['key']}")

    def sign(self, asked: Namespace) -> None:
        now = int(timezone.now().timestamp())
        with sealer() as seals:
            key = ceremony.unlock(seals, asked.key.read_text(), asked_words(asked.key.name))
            if asked.step == "sign":
                list_ = self.signed_again(seals, asked, key, now=now)
            elif asked.step == "provinces":
                content = lists.provinces([ceremony.public(one) for one in asked.province], holders(asked.holder))
                about = {"now": now, "version": asked.number}
                list_ = lists.signed(seals, SignedListKind.PROVINCES, "", content, key["signer"], **about)
            else:
                least = {desk: int(version) for desk, _sign, version in (one.partition("=") for one in asked.least)}
                desks = json.loads(asked.desks.read_text())
                content = lists.desks(desks, asked.province, now=now, least=least)
                about = {"now": now, "version": asked.number}
                list_ = lists.signed(seals, SignedListKind.DESKS, asked.province, content, key["signer"], **about)
        asked.out.write_text(f"{json.dumps(list_, ensure_ascii=False, indent=1)}\n")
        self.stdout.write(str(asked.out))

    def signed_again(self, seals: Any, asked: Namespace, key: dict[str, str], *, now: int) -> dict[str, Any]:
        old = lists.read(asked.list)
        if old["kind"] != "manifest":
            return lists.renewed(seals, old, key["signer"], now=now)
        statement = seals.ask("sign", kind="manifest", said=old["said"], secret=key["signer"])
        return {"kind": "manifest", "said": old["said"], "statement": statement}

    # The database

    def do_desks(self, asked: Namespace) -> None:
        asked.out.write_text(f"{json.dumps(lists.asked_for(), ensure_ascii=False, indent=1)}\n")

    def do_install(self, asked: Namespace) -> None:
        with sealer() as seals:
            for file in asked.files:
                kept = lists.install(seals, lists.read(file), now=int(timezone.now().timestamp()))
                self.stdout.write(f"{kept} · {timezone.localtime(kept.expires_at):%d/%m/%Y}")

    def do_recover(self, asked: Namespace) -> None:
        if asked.step == "begin":
            count = recovery.begin(Desk.objects.get(pk=asked.desk), by="recovery", officers=asked.officers)
            self.stdout.write(_("%(count)d keys count no more.") % {"count": count})
        elif asked.step == "take":
            asked.file.write_text(json.dumps(recovery.take(Desk.objects.get(pk=asked.desk))))
        elif asked.step == "open":
            with sealer() as seals:
                keys = [ceremony.unlock(seals, one.read_text(), asked_words(one.name)) for one in asked.holder]
                back = recovery.opened(seals, json.loads(asked.file.read_text()), root=asked.root, holders=keys)
            asked.out.write_text(json.dumps(back))
            for epoch in back["shut"]:
                self.stdout.write(_("Not opened by these two: epoch %(number)d.") % {"number": epoch})
        else:
            count = recovery.give(json.loads(asked.file.read_text()), by="recovery")
            self.stdout.write(_("%(count)d secrets are sealed to officers again.") % {"count": count})

    # What is served

    def do_manifest(self, asked: Namespace) -> None:
        said = {"program": "luytre", "files": honesty.listed()}
        asked.out.write_text(f"{json.dumps({'kind': 'manifest', 'said': said}, indent=1)}\n")

    def do_verify(self, asked: Namespace) -> None:
        look = honesty.Look(asked.url, self.files(asked), asked.root)
        look.walk()
        seen = json.loads(asked.days.read_text()) if asked.days and asked.days.exists() else {}
        told = look.days(seen, asked.receipt)
        if asked.days:
            asked.days.write_text(f"{json.dumps(told, indent=1)}\n")
        for fault in look.faults:
            self.stdout.write(fault)
        count = {"pages": look.pages, "files": look.compared, "days": len(told)}
        self.stdout.write(_("%(pages)d pages, %(files)d files, %(days)d days looked at.") % count)
        if look.faults:
            raise CommandError(_("This site is not what the program serves."))

    def files(self, asked: Namespace) -> dict[str, str]:
        if not asked.manifest:
            return honesty.listed()
        with sealer() as seals:
            statement = lists.read(asked.manifest)["statement"]
            said = seals.ask("verify", kind="manifest", statement=statement, key=asked.release)
        return dict(said["files"])

    def do_check(self, asked: Namespace) -> None:
        faults = [*soundness.faults(), *soundness.faults_of_plain()]
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(_("Parts of the tip line stay closed on this machine."))
        self.stdout.write(_("The tip line may be open: %(root)s") % {"root": settings.TIPS_ROOT or "-"})


def holders(told: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in told:
        province, _sign, file = one.partition("=")
        found.setdefault(province, []).append(ceremony.public(Path(file)))
    return found
