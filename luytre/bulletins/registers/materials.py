"""The register of outreach materials."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.bulletins.forms import MaterialForm
from luytre.bulletins.models import Material
from luytre.ui import registers

materials = registers.add(
    registers.Register(
        name="materials",
        app="bulletins",
        model=Material,
        columns=["title", "kind", "topic", "area", "language"],
        related=["area", "area__parent"],
        filters=["kind", "topic", "language"],
        order="title",
        form=MaterialForm,
        read=Permission.MATERIAL_READ,
        write=Permission.MATERIAL_WRITE,
        add_label=_("Add an outreach material"),
        about=_(
            "What sessions hand out, show, play or read aloud. Two people publish: who wrote it and who checked it."
        ),
        facts=[(_("how far it is"), "state")],
        actions=[registers.Action(_("File, versions and publication"), "bulletins:material-versions")],
        icon="book",
        menu_order=61,
    )
)
