"""A desk with real keys, made once for each test by the seals' own library."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.tips.founding import FoundedDesk, Founding
from luytre.tips.framing import Framed
from luytre.tips.keychain import of
from luytre.tips.sealing import Sealer, sealer
from tests import factories

WORDS = "chậu sóng én"


@pytest.fixture(scope="session")
def sealing() -> Iterator[Sealer]:
    with sealer() as one:
        yield one


@dataclass
class House:
    sealer: Sealer
    founding: Founding
    desk: FoundedDesk
    people: list[User]

    @property
    def root(self) -> str:
        return str(self.founding.root["key"])

    def chain(self) -> Any:
        return of(self.desk.desk.pk)

    def tip(self, text: str = "Đèn đường hỏng ở đầu bản", *, name: Any = None, **told: Any) -> dict[str, Any]:
        """As the reporter's browser makes it; `head` and `pieces` are what is posted."""
        return dict(
            self.sealer.ask(
                "tip",
                chain=self.chain(),
                root=self.root,
                desk=str(self.desk.desk.pk),
                told={"text": text, **told},
                name=name,
                files=0,
            )
        )


def framed(made: dict[str, Any]) -> Framed:
    return Framed(made["head"], made["pieces"])


@pytest.fixture
def house(db: None, sealing: Sealer, settings: Any) -> House:
    founding = Founding(sealing)
    settings.TIPS_ROOT = founding.root["key"]
    commune = factories.commune()
    people = [factories.user(Role.DUTY_OFFICER, area=commune) for _ in range(3)]
    founding.certify_province("11")
    desk = founding.open_desk(
        commune, province="11", officers=people[:2], custodians=people, words=WORDS, name="Công an xã Thử"
    )
    return House(sealing, founding, desk, people)
