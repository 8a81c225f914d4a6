"""Keys made offline, lists signed and carried in, a desk restored by two of three holders when everybody is gone."""

import json
import re
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.common.text import fold
from luytre.tips import ceremony, keychain, keyring, lists
from luytre.tips.founding import described
from luytre.tips.management.commands import tips
from luytre.tips.models import KeyRole, LockedSecret, PersonKey, SignedListKind
from luytre.tips.sealing import Sealer
from tests import factories
from tests.tips.conftest import WORDS, House


class Office:
    """A folder, and a person who writes down the words that are shown."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.words: dict[str, str] = {}

    def make(self, kind: str, id: str = "") -> str:
        name = "-".join(filter(None, (kind, id)))
        self.capsys.readouterr()
        call_command("tips", "ceremony", kind, *(["--id", id] if id else []), "--into", str(self.folder))
        said = self.capsys.readouterr().out
        self.words[f"{name}.age"] = " ".join(re.findall(r"^ +\d+\. (\S+)$", said, re.M))
        return name

    def run(self, *arguments: Any) -> str:
        call_command("tips", *map(str, arguments))
        return self.capsys.readouterr().out

    def file(self, name: str) -> Path:
        return self.folder / name

    def public(self, name: str) -> Any:
        return json.loads(self.file(f"{name}.public.json").read_text())


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    one = Office(tmp_path, capsys)
    monkeypatch.setattr(ceremony.make, "__kwdefaults__", {"work": 10})
    monkeypatch.setattr(tips, "asked_words", lambda name: one.words[name])
    return one


def holders(office: Office) -> list[str]:
    return [office.make("recovery", f"h{number}") for number in (1, 2, 3)]


def signed_provinces(office: Office, *, number: int = 1) -> Path:
    out = office.file("provinces.json")
    held = [f"--holder=11={office.file(f'recovery-h{n}.public.json')}" for n in (1, 2, 3)]
    about = ["--province", office.file("province-11.public.json"), "--key", office.file("root.age")]
    office.run("ceremony", "provinces", *about, *held, "--version", number, "--out", out)
    return out


def test_a_key_leaves_a_locked_file_a_public_one_and_a_sheet_without_its_words(office: Office, sealing: Sealer) -> None:
    name = office.make("root")
    words, locked = office.words["root.age"], office.file("root.age").read_text()
    assert len(words.split()) == 10
    for file in office.folder.iterdir():
        text = file.read_text()
        assert words not in text
        assert "signer" not in text
    sheet = office.file("root.sheet.html").read_text()
    assert locked.splitlines()[1] in sheet
    assert office.public(name)["fingerprint"] in sheet
    assert office.file("root.age").stat().st_mode & 0o077 == 0
    assert ceremony.unlock(sealing, locked, words.upper())["kind"] == "root"
    with pytest.raises(ceremony.WrongWords):
        ceremony.unlock(sealing, locked, "chậu sóng én")


def test_every_file_of_the_ceremony_opens_with_an_age_of_other_hands(office: Office) -> None:
    for name in [office.make("root"), office.make("province", "11"), *holders(office), office.make("release")]:
        opened = pyrage.passphrase.decrypt(office.file(f"{name}.age").read_bytes(), fold(office.words[f"{name}.age"]))
        assert json.loads(opened)["kind"] == name.partition("-")[0]


def test_nothing_is_written_over(office: Office) -> None:
    office.make("root")
    with pytest.raises(CommandError, match="root"):
        office.make("root")


@pytest.fixture
def certified(house: House, office: Office, settings: Any) -> Office:
    """The house's lists again, from the ceremony's own root down."""
    office.make("root")
    office.make("province", "11")
    holders(office)
    settings.TIPS_ROOT = office.public("root")["key"]
    house.founding.root = {"key": settings.TIPS_ROOT, "secret": ""}
    house.founding.holders = [
        {"id": one, **office.public(f"recovery-{one}"), "secret": ""} for one in ("h1", "h2", "h3")
    ]
    house.desk.epoch_identity = house.founding.new_epoch(house.desk.desk, 2, house.desk.officers)
    house.founding.publish(house.desk)
    office.run("install", signed_provinces(office, number=2))
    office.run("desks", office.file("desks.json"))
    sign_desks(office, number=2)
    return office


def sign_desks(office: Office, *, number: int, least: str = "") -> None:
    out = office.file(f"desks-{number}.json")
    about = ["--province", "11", "--desks", office.file("desks.json"), "--key", office.file("province-11.age")]
    more = ["--least", least] if least else []
    office.run("ceremony", "desks", *about, *more, "--version", number, "--out", out)
    office.run("install", out)


def test_lists_of_the_ceremony_hold_from_the_root_to_the_desk(certified: Office, house: House, settings: Any) -> None:
    list_ = house.sealer.ask("chain", chain=house.chain(), root=settings.TIPS_ROOT, desk=str(house.desk.desk.pk))
    assert list_["epoch"]["number"] == 2
    assert {one["id"] for one in list_["recovery"]} == {"h1", "h2", "h3"}


def test_a_list_is_renewed_for_another_month(certified: Office) -> None:
    old, new = certified.file("desks-2.json"), certified.file("desks-3.json")
    certified.run("ceremony", "sign", old, "--key", certified.file("province-11.age"), "--out", new)
    certified.run("install", new)
    assert keychain.newest(SignedListKind.DESKS, "11").version == 3
    with pytest.raises(CommandError, match="NotValid"):
        certified.run("install", old)


def test_a_list_of_a_stranger_or_a_changed_one_is_not_installed(certified: Office, sealing: Sealer) -> None:
    list_ = lists.read(certified.file("desks-2.json"))
    said = {**json.loads(list_["statement"]["text"]), "version": 9}
    stranger = sealing.ask("signer")["secret"]
    forged = {**list_, "statement": sealing.ask("sign", kind="desks", said=said, secret=stranger)}
    changed = {**list_, "statement": {**list_["statement"], "text": json.dumps(said)}}
    for one in (forged, changed):
        certified.file("forged.json").write_text(json.dumps(one))
        with pytest.raises(CommandError):
            certified.run("install", certified.file("forged.json"))
    assert keychain.newest(SignedListKind.DESKS, "11").version == 2


def test_two_of_three_holders_restore_a_desk_whose_officers_are_gone(
    certified: Office, house: House, settings: Any
) -> None:
    made = house.tip("Đèn hỏng ở đầu bản")
    desk = house.desk.desk
    PersonKey.objects.filter(desk=desk).exclude(role=KeyRole.CUSTODIAN).update(withdrawn_at="2026-01-01T00:00Z")
    LockedSecret.objects.filter(desk=desk, person__isnull=False).delete()
    new = [house.founding.person(factories.user(Role.DUTY_OFFICER, area=desk.area), desk, "officer", WORDS)]
    certifier = house.sealer.ask("signer")  # made by two new holders, compared face to face by the province
    house.desk.officers, house.desk.certifier = new, certifier["secret"]
    (asked,) = json.loads(certified.file("desks.json").read_text())
    certified.file("desks.json").write_text(json.dumps([{**asked, "key": certifier["key"]}]))
    sign_desks(certified, number=3, least=f"{desk.pk}=3")
    house.founding.publish(house.desk)
    assert described(new[0].key) in json.loads(keychain.newest(SignedListKind.DESK, str(desk.pk)).text)["officers"]

    taken, back = certified.file("taken.json"), certified.file("back.json")
    certified.run("recover", "take", "--desk", desk.pk, taken)
    opening = ["recover", "open", "--root", settings.TIPS_ROOT, taken, "--out", back]
    one, other = (["--holder", certified.file(f"recovery-h{n}.age")] for n in (3, 1))
    with pytest.raises(CommandError, match="two recovery holders"):
        certified.run(*opening, *one, *one)
    certified.run(*opening, *one, *other)
    assert "AGE-SECRET-KEY" not in back.read_text()
    certified.run("recover", "give", back)

    locked = LockedSecret.objects.get(person=new[0].key, epoch__number=2)
    epoch = house.sealer.ask("openEpoch", file=bytes(locked.sealed), identity=new[0].identity)
    keys = house.sealer.ask("unpad", bytes=house.sealer.ask("open", file=made["pieces"][0], identity=epoch))
    assert keys["heading"]["text"] == "Đèn hỏng ở đầu bản"
    assert AuditEntry.objects.filter(verb="recovered", subject_id=str(desk.pk)).exists()


def test_a_desk_without_holders_is_begun_anew(certified: Office, house: House) -> None:
    assert "2" in certified.run("recover", "begin", "--desk", house.desk.desk.pk)
    holders = PersonKey.objects.filter(desk=house.desk.desk, role=KeyRole.HOLDER)
    assert not holders.filter(withdrawn_at=None).exists()
    assert not LockedSecret.objects.filter(of=LockedSecret.Of.CERTIFIER).exists()
    assert AuditEntry.objects.filter(verb="recovery begun", subject_id=str(house.desk.desk.pk)).exists()
    officers = PersonKey.objects.filter(desk=house.desk.desk, role=KeyRole.OFFICER, withdrawn_at=None)
    assert officers.count() == 2  # they still open what they could


def test_people_who_lost_their_keys_make_new_ones_once_recovery_has_begun(certified: Office, house: House) -> None:
    desk, officer = house.desk.desk, house.people[0]
    assert not keyring.may_join(officer, desk, KeyRole.OFFICER, on=timezone.localdate())
    assert "4" in certified.run("recover", "begin", "--desk", desk.pk, "--officers")
    assert keyring.may_join(officer, desk, KeyRole.OFFICER, on=timezone.localdate())
    assert not LockedSecret.objects.filter(desk=desk, person__role=KeyRole.OFFICER).exists()
    assert LockedSecret.objects.filter(desk=desk, person=None).count() == 6  # what is sealed to the holders stays


def test_holders_open_nothing_for_officers_of_a_forged_list(
    certified: Office, house: House, settings: Any, sealing: Sealer
) -> None:
    taken = certified.file("taken.json")
    certified.run("recover", "take", "--desk", house.desk.desk.pk, taken)
    said = json.loads(taken.read_text())
    list_ = json.loads(said["chain"]["desk"]["text"])
    planted = {**list_, "officers": [{"id": "x", **sealing.ask("officer")["public"]}]}
    said["chain"]["desk"]["text"] = json.dumps(planted)
    taken.write_text(json.dumps(said))
    held = [f"--holder={certified.file(f'recovery-h{n}.age')}" for n in (1, 2)]
    with pytest.raises(CommandError, match="Forged"):
        certified.run("recover", "open", "--root", settings.TIPS_ROOT, taken, "--out", certified.file("back"), *held)
