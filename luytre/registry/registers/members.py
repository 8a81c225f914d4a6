"""The registers of members and of their trainings."""

from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.registry.forms import MemberForm, TrainingForm
from luytre.registry.models import Member, Training
from luytre.registry.models.account_links import AccountLink
from luytre.registry.models.leavings import AGAINST_WILL
from luytre.ui import registers


def in_office(member: Member) -> bool:
    return member.is_named and not hasattr(member, "leaving")


def is_linked(member: Member) -> bool:
    """To an account, or one has been asked."""
    return bool(member.account_id) or AccountLink.objects.open().filter(member=member).exists()


def was_removed(member: Member) -> bool:
    """Against their will."""
    leaving = getattr(member, "leaving", None)
    return leaving is not None and leaving.ground in AGAINST_WILL


members = registers.add(
    registers.Register(
        name="members",
        app="registry",
        model=Member,
        columns=["full_name", "position", "team", "group", "serves_until"],
        related=["area", "area__parent", "team", "group", "leaving"],
        filters=["position"],
        dated="serves_until",
        order="full_name",
        form=MemberForm,
        facts=[
            (_("state"), "state"),
            (_("training that holds"), "training_on"),
            (_("duty today"), "duty_on"),
            (_("account"), "account_state"),
        ],
        read=Permission.MEMBER_READ,
        write=Permission.MEMBER_WRITE,
        add_label=_("Record a member"),
        about=_("People who joined by themselves or agreed to be written down; nobody else stands here."),
        actions=[
            registers.Action(
                _("Show how to reach them"),
                "registry:member-contact",
                when=lambda member: bool(member.phone),
                needs=Permission.MEMBER_CONTACT,
            ),
            registers.Action(
                _("Certificate and badge"), "registry:member-certificate", when=in_office, needs=Permission.MEMBER_READ
            ),
            registers.Action(_("Record training"), "registry:member-training", when=in_office),
            registers.Action(
                _("Link their account"),
                "registry:member-account",
                when=lambda member: in_office(member) and not is_linked(member),
            ),
            registers.Action(_("Undo the link to their account"), "registry:member-account-ending", when=is_linked),
            registers.Action(_("Record that they leave"), "registry:member-leaving", when=in_office),
            registers.Action(_("Record an objection"), "registry:leaving-objection", when=was_removed),
            registers.Action(
                _("Withdraw the consent"), "registry:member-withdrawal", when=lambda member: member.is_named
            ),
        ],
        names_people="members",
        sealed=["phone"],
        icon="people",
        menu_order=45,
    )
)

trainings = registers.add(
    registers.Register(
        name="trainings",
        app="registry",
        model=Training,
        columns=["held_on", "place", "area", "attendance"],
        related=["area", "area__parent"],
        dated="held_on",
        order="-held_on",
        form=TrainingForm,
        read=Permission.REGISTER_READ,
        write=Permission.MEMBER_WRITE,
        add_label=_("Record a training"),
        about=_("Trainings of guard teams and groups: what they know is what lets them go on duty."),
        actions=[registers.Action(_("Tick who was there"), "registry:training-attendance")],
        icon="book",
        menu_order=46,
    )
)
