"""Words of a log in which nobody may be named (rights rule R17)."""

from typing import Any

from django.utils.translation import gettext as _

from luytre.common.nameless import people_in, positions_in


class NamelessForm:
    """Refuses names, numbers, number plates and positions in the fields that `nameless` lists, and says which."""

    nameless: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        for name in self.nameless:
            text = str(cleaned.get(name) or "")
            if found := people_in(text):
                said = _("Write what happened and where, not who: take out “%(found)s”.")
                self.add_error(name, said % {"found": "”, “".join(found)})  # type: ignore[attr-defined]
            if positions_in(text):
                said = _("Positions are not kept. Write the name of the place instead.")
                self.add_error(name, said)  # type: ignore[attr-defined]
        return cleaned
