"""Who may do what: the whole of it, on one screen, to be read and signed.

A role is a set of permissions. An assignment gives a role to a person in an area, from a day until a day.
No role passes by a rule of the rights file: two people, no profiles, no hidden reading.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission as P


class Role(TextChoices):
    AREA_HEAD = "area_head", _("head of a residential area")
    COMMUNE_OFFICER = "commune_officer", _("commune officer")
    COMMUNE_LEADER = "commune_leader", _("commune leader")
    PROVINCE_DESK = "province_desk", _("provincial movement desk")
    COMMITTEE = "committee", _("steering committee or Fatherland Front")
    MINISTRY_DESK = "ministry_desk", _("ministry movement desk")
    DUTY_OFFICER = "duty_officer", _("duty officer of a tip desk")
    KEY_HOLDER = "key_holder", _("holder of a desk's certifying key")
    CUSTODIAN = "custodian", _("custodian of reporters' identities")
    ADMINISTRATOR = "administrator", _("administrator of accounts")
    AUDITOR = "auditor", _("outside auditor")


READING = frozenset(
    {P.AREA_READ, P.FIGURE_READ, P.SESSION_READ, P.PLEDGE_READ, P.REGISTER_READ}
    | {P.PATROL_READ, P.MEDIATION_READ, P.MATERIAL_READ}
)
RECORDING = READING | {P.SESSION_WRITE, P.PLEDGE_WRITE, P.REGISTER_WRITE, P.MEDIATION_WRITE, P.MATERIAL_WRITE}
WALKING = frozenset({P.PATROL_READ, P.PATROL_WRITE, P.DUTY_READ, P.DUTY_WRITE})  # duty and patrols of a team
MEMBERS = frozenset({P.MEMBER_READ, P.MEMBER_CONTACT})  # names stay in the commune; above it there are counts


@dataclass(frozen=True)
class Grant:
    """What a role may do, and at which levels of territory it may be given."""

    permissions: frozenset[P]
    levels: tuple[str, ...]
    asks_second_step: bool = True  # a card asks for an app or a passkey until there is one


GRANTS: dict[str, Grant] = {
    Role.AREA_HEAD: Grant(
        WALKING
        | {P.AREA_READ, P.FIGURE_READ, P.SESSION_READ, P.SESSION_WRITE, P.RETURN_WRITE}
        | {P.MEMBER_READ, P.MEMBER_CONTACT, P.MEDIATION_READ, P.MEDIATION_WRITE, P.PLEDGE_READ, P.PLEDGE_WRITE},
        ("residential",),
        asks_second_step=False,
    ),
    Role.COMMUNE_OFFICER: Grant(
        RECORDING
        | MEMBERS
        | WALKING
        | {P.MEMBER_WRITE, P.HAZARD_WORK, P.REPORT_MAKE, P.RETURN_WRITE, P.SUBJECT_REQUEST},
        ("commune",),
    ),
    Role.COMMUNE_LEADER: Grant(
        READING
        | MEMBERS
        | {P.MEMBER_DECIDE, P.DUTY_READ, P.HAZARD_WORK, P.MATERIAL_PUBLISH}
        | {P.REPORT_MAKE, P.REPORT_SIGN, P.RETURN_APPROVE, P.FIGURE_RELEASE, P.ACCOUNT_READ},
        ("commune",),
    ),
    Role.PROVINCE_DESK: Grant(
        RECORDING
        | {
            P.TERRITORY_CHANGE,
            P.REPORT_MAKE,
            P.REPORT_SIGN,
            P.RETURN_WRITE,
            P.RETURN_APPROVE,
            P.FIGURE_RELEASE,
            P.SUBJECT_REQUEST,
            P.MATERIAL_PUBLISH,
            P.TYPE_KEEP,
            P.KEEPERS_WRITE,
        },
        ("province",),
    ),
    Role.COMMITTEE: Grant(frozenset({P.AREA_READ, P.FIGURE_READ, P.FIGURE_RELEASE}), ("nation", "province", "commune")),
    Role.MINISTRY_DESK: Grant(
        READING
        | {
            P.TERRITORY_CHANGE,
            P.REPORT_MAKE,
            P.REPORT_SIGN,
            P.RETURN_APPROVE,
            P.FIGURE_RELEASE,
            P.MATERIAL_WRITE,
            P.MATERIAL_PUBLISH,
            P.TYPE_KEEP,
            P.KEEPERS_WRITE,
            P.TIP_RULES,
        },
        ("nation",),
    ),
    Role.DUTY_OFFICER: Grant(frozenset({P.AREA_READ, P.TIP_WORK}), ("nation", "province", "commune")),
    Role.KEY_HOLDER: Grant(frozenset({P.AREA_READ, P.TIP_KEYS, P.TIP_OVERSEE}), ("nation", "province", "commune")),
    Role.CUSTODIAN: Grant(frozenset({P.AREA_READ, P.TIP_CUSTODY}), ("nation", "province", "commune")),
    Role.ADMINISTRATOR: Grant(
        frozenset({P.AREA_READ, P.ACCOUNT_READ, P.ACCOUNT_WRITE}), ("nation", "province", "commune")
    ),
    Role.AUDITOR: Grant(frozenset({P.AREA_READ, P.AUDIT_READ, P.ACCOUNT_READ, P.TIP_OVERSEE}), ("nation",)),
}
