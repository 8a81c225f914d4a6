"""The register of respected persons."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import RespectedPersonForm
from luytre.registry.models import RespectedPerson
from luytre.ui import registers

respected = registers.add(
    registers.Register(
        name="respected-persons",
        app="registry",
        model=RespectedPerson,
        columns=["full_name", "role", "area", "serves_from", "serves_until"],
        related=["area", "area__parent"],
        filters=["role"],
        dated="serves_from",
        order="full_name",
        form=RespectedPersonForm,
        facts=[(_("state"), "state"), (_("training"), "training_in_words")],
        read=Permission.MEMBER_READ,
        write=Permission.MEMBER_WRITE,
        add_label=_("Record a respected person"),
        about=_("People who agreed to be asked for their word. Who withdraws is forgotten at once."),
        actions=[
            registers.Action(
                _("Show how to reach them"),
                "registry:respected-contact",
                when=lambda person: bool(person.phone),
                needs=Permission.MEMBER_CONTACT,
            ),
            registers.Action(_("Record training"), "registry:respected-training", when=lambda one: one.is_named),
            registers.Action(_("Withdraw the consent"), "registry:respected-withdrawal", when=lambda one: one.is_named),
        ],
        names_people="respected persons",
        sealed=["phone"],
        icon="people",
        menu_order=47,
    )
)
