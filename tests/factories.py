"""Places and people: each makes the least valid thing, standing where it should."""

from datetime import date
from typing import Any

import factory

from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import GRANTS, Role
from luytre.areas.models import Area, Kind, Level, Standing

LONG_AGO = date(2025, 7, 1)
PASSWORD = "luy-tre-trong-vuon"


class AreaFactory(factory.django.DjangoModelFactory):
    """A place with its own standing; `standings.rebuild` is needed only where successions are."""

    class Meta:
        model = Area
        skip_postgeneration_save = True

    level = Level.COMMUNE
    kind = Kind.RURAL_COMMUNE
    code = factory.Sequence(lambda number: f"{90000 + number}")
    name = factory.Sequence(lambda number: f"Mường Thử {number}")
    valid_from = LONG_AGO
    parent = factory.LazyFunction(lambda: province())

    @factory.post_generation
    def standing(area: Area, create: bool, extracted: Any, **kwargs: Any) -> None:
        Standing.objects.create(
            area=area,
            place=area,
            path=area.path,
            valid_from=area.valid_from,
            valid_to=area.valid_to,
            is_lead=area.lead is None,
        )


def nation(**fields: Any) -> Area:
    """There is one; it was there before all else."""
    found = Area.objects.filter(level=Level.NATION).first()
    start = date(1945, 9, 2)
    return found or AreaFactory(
        code="0", level=Level.NATION, kind=Kind.NATION, name="Việt Nam", parent=None, valid_from=start, **fields
    )


def province(code: str = "11", name: str = "Điện Biên", **fields: Any) -> Area:
    """The same province for the same code."""
    found = Area.objects.filter(level=Level.PROVINCE, code=code).first()
    return found or AreaFactory(
        code=code, name=name, level=Level.PROVINCE, kind=Kind.PROVINCE, parent=nation(), **fields
    )


def commune(name: str = "", *, parent: Area | None = None, **fields: Any) -> Area:
    if name:
        fields["name"] = name
    return AreaFactory(parent=parent or province(), **fields)


def residential(name: str = "Bản Thử", *, parent: Area | None = None, **fields: Any) -> Area:
    above = parent or commune()
    fields.setdefault("code", f"{above.code}-{above.children.count() + 1:02}")
    return AreaFactory(name=name, level=Level.RESIDENTIAL, kind=Kind.HAMLET, parent=above, **fields)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"nguoi{number}")
    full_name = factory.Sequence(lambda number: f"Lò Thị Thử {number}")
    password = factory.django.Password(PASSWORD)


def area_for(role: str) -> Area:
    """Somewhere the role may be given."""
    makers = {Level.NATION: nation, Level.PROVINCE: province, Level.COMMUNE: commune, Level.RESIDENTIAL: residential}
    return makers[Level(GRANTS[role].levels[0])]()


def user(role: str = "", *, area: Area | None = None, since: date = LONG_AGO, **fields: Any) -> User:
    """Somebody with a role in an area; without one, somebody who may do nothing."""
    person: User = UserFactory(**fields)
    if role:
        Assignment.objects.create(user=person, role=role, area=area or area_for(role), valid_from=since)
    return person


def administrator(area: Area | None = None, **fields: Any) -> User:
    return user(Role.ADMINISTRATOR, area=area, **fields)


def auditor(**fields: Any) -> User:
    return user(Role.AUDITOR, area=nation(), **fields)
