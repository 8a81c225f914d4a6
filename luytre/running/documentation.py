"""Pages of `docs/generated/`, made from the declarations so that they cannot disagree with the program."""

from collections.abc import Callable, Iterable
from pathlib import Path

from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS, Role
from luytre.reporting import catalogue, indicators
from luytre.ui.registers import REGISTERS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "generated"


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = list(headings)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def roles() -> str:
    """What the ministry reads and signs."""
    rows = [
        [Role(role).label, ", ".join(grant.levels), "<br>".join(sorted(str(p.label) for p in grant.permissions))]
        for role, grant in GRANTS.items()
    ]
    unheld = [str(p.label) for p in Permission if not any(p in grant.permissions for grant in GRANTS.values())]
    held_by_none = f"\nHeld by no role: {', '.join(unheld)}\n" if unheld else ""
    intro = "A role is a set of permissions; an assignment gives it to a person in an area, from a day until a day.\n"
    return f"# Roles\n\n{intro}\n{table(['role', 'given at', 'may'], rows)}{held_by_none}"


def registers() -> str:
    rows = [
        [
            f"`{one.name}`",
            one.label,
            f"`{one.read.value}`",
            f"`{one.write.value}`",
            ", ".join(one.form_class().base_fields),
        ]
        for one in REGISTERS.values()
    ]
    return f"# Registers\n\n{table(['name', 'rows', 'read', 'write', 'fields'], rows)}"


def yielded() -> str:
    rows = [
        [f"`{code}`", catalogue.get(code).en_name, catalogue.get(code).behaviour, catalogue.get(code).area_rule]
        for code in sorted(indicators.INDICATORS)
    ]
    intro = "Counted from registers today; the other rows of the catalogue follow with their registers.\n"
    return f"# Indicators\n\n{intro}\n{table(['code', 'name', 'over time', 'over places'], rows)}"


PAGES: dict[str, Callable[[], str]] = {"roles.md": roles, "registers.md": registers, "indicators.md": yielded}


def stale() -> list[str]:
    """The pages that no longer say what the program does."""
    return [name for name, page in PAGES.items() if not same(FOLDER / name, page())]


def same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text() == text


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page())
