"""Keys from the root down to officers, all made in one place: for the sample and the tests. In earnest the ceremony and
the officers' own browsers make them, and nobody has more than one."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.tips import keychain, vouching
from luytre.tips.models import Desk, DeskKind, Epoch, KeyRole, LockedSecret, PersonKey, SignedList, SignedListKind
from luytre.tips.sealing import Sealer

YEAR = 365 * 24 * 3600
MONTH = 30 * 24 * 3600


def keep(kind: str, of: str, statement: dict[str, Any], said: dict[str, Any]) -> SignedList:
    def moment(seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())

    return SignedList.objects.create(
        kind=kind,
        of=of,
        version=said["version"],
        **statement,
        issued_at=moment(said["issued"]),
        expires_at=moment(said["expires"]),
    )


@dataclass
class Secrets:
    """Of one person, in clear: never stored."""

    key: PersonKey
    identity: str
    signer: str


@dataclass
class FoundedDesk:
    desk: Desk
    certifier: str
    epoch_identity: str
    officers: list[Secrets]
    custodians: list[Secrets]


@dataclass
class Founding:
    sealer: Sealer
    now: int = field(default_factory=lambda: int(timezone.now().timestamp()))
    work: int = 10  # scrypt's cost for secrets that are no secrets

    def __post_init__(self) -> None:
        self.root = self.sealer.ask("signer")
        self.province = self.sealer.ask("signer")
        self.holders = [{"id": f"h{n}", **self.sealer.ask("identity")} for n in (1, 2, 3)]
        self.desks: list[dict[str, Any]] = []

    @property
    def recovery(self) -> list[dict[str, str]]:
        return [{"id": one["id"], "recipient": one["recipient"]} for one in self.holders]

    def sign(self, kind: str, of: str, said: dict[str, Any], secret: str) -> SignedList:
        last = keychain.newest(kind, of)
        said = {"version": (last.version if last else 0) + 1, "issued": self.now, "expires": self.now + MONTH, **said}
        return keep(kind, of, self.sealer.ask("sign", kind=kind, said=said, secret=secret), said)

    def certify_province(self, code: str) -> None:
        one = {"id": code, "key": self.province["key"], "recovery": self.recovery}
        said = {"provinces": [one], "expires": self.now + YEAR}
        self.sign(SignedListKind.PROVINCES, "", said, self.root["secret"])

    def person(self, user: User, desk: Desk, role: str, words: str) -> Secrets:
        made = self.sealer.ask("officer")
        locked = self.sealer.ask("lock", bytes=spelled(made["secret"]), words=words, work=self.work)
        at = timezone.now()
        key = PersonKey.objects.create(
            user=user, desk=desk, role=role, **made["public"], locked=locked, made_at=at, certified_at=at
        )
        return Secrets(key, **made["secret"])

    @transaction.atomic
    def open_desk(
        self,
        area: Area,
        *,
        province: str,
        officers: list[User],
        custodians: list[User],
        words: str,
        kind: str = DeskKind.COMMUNE,
        **about: Any,
    ) -> FoundedDesk:
        desk = Desk.objects.create(area=area, kind=kind, **about)
        certifier = self.sealer.ask("signer")
        working = [self.person(one, desk, KeyRole.OFFICER, words) for one in officers]
        keeping = [self.person(one, desk, KeyRole.CUSTODIAN, words) for one in custodians]
        holders = [self.person(one, desk, KeyRole.HOLDER, words) for one in officers[:2]]
        for one in holders:
            sealed = self.sealer.ask(
                "seal", bytes=spelled({"signer": certifier["secret"]}), recipients=[one.key.recipient]
            )
            LockedSecret.objects.create(desk=desk, of=LockedSecret.Of.CERTIFIER, person=one.key, sealed=sealed)
        self.desks.append({"id": str(desk.pk), "name": desk.name, "key": certifier["key"], "until": self.now + YEAR})
        self.sign(SignedListKind.DESKS, province, {"province": province, "desks": self.desks}, self.province["secret"])
        identity = self.new_epoch(desk, 1, working)
        founded = FoundedDesk(desk, certifier["secret"], identity, working, keeping)
        self.publish(founded)
        return founded

    def new_epoch(self, desk: Desk, number: int, officers: list[Secrets]) -> str:
        wanted = [{"id": str(one.key.pk), "recipient": one.key.recipient} for one in officers]
        made = self.sealer.ask("epoch", number=number, officers=wanted, recovery=self.recovery)
        at = timezone.now()
        desk.epochs.filter(closed_at=None).update(closed_at=at)
        epoch = Epoch.objects.create(desk=desk, number=number, recipient=made["public"]["recipient"], made_at=at)
        for one in made["wrappings"]:
            LockedSecret.objects.create(
                desk=desk, of=LockedSecret.Of.EPOCH, epoch=epoch, person_id=one["officer"], sealed=one["file"]
            )
        for pair in made["pairs"]:
            LockedSecret.objects.create(
                desk=desk,
                of=LockedSecret.Of.EPOCH,
                epoch=epoch,
                inner=pair["inner"],
                outer=pair["outer"],
                sealed=pair["file"],
            )
        return str(made["identity"])

    def let_go(self, founded: FoundedDesk, leaving: Secrets) -> SignedList:
        """An officer leaves: a new epoch, and a list that keeps their key among the former."""
        desk = founded.desk
        founded.officers = [one for one in founded.officers if one is not leaving]
        founded.epoch_identity = self.new_epoch(desk, desk.epoch_number + 1, founded.officers)
        said = vouching.keep(desk).root
        entry = {"id": str(leaving.key.pk), "key": leaving.key.key, "until": self.now, "said": said}
        return self.publish(founded, former=[entry])

    def publish(self, founded: FoundedDesk, **more: Any) -> SignedList:
        """The desk's own list: epochs, officers and custodians."""
        desk = founded.desk
        epochs = [
            {"number": one.number, "recipient": one.recipient, "current": one.closed_at is None}
            for one in desk.epochs.all()
        ]
        said = {
            "desk": str(desk.pk),
            "epochs": epochs,
            "officers": [described(one.key) for one in founded.officers],
            "custodians": [described(one.key) for one in founded.custodians],
            "expires": self.now + 14 * 24 * 3600,
            **more,
        }
        return self.sign(SignedListKind.DESK, str(desk.pk), said, founded.certifier)


def described(key: PersonKey) -> dict[str, str]:
    return {"id": str(key.pk), "key": key.key, "recipient": key.recipient}


def spelled(said: dict[str, str]) -> bytes:
    return json.dumps(said).encode()
