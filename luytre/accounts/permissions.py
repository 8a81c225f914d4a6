"""What there is to be allowed, one line each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    AREA_READ = "area_read", _("see the territory pages of an area")
    TERRITORY_CHANGE = "territory_change", _("draft changes of the territory, and put into force what others drafted")
    FIGURE_READ = "figure_read", _("see figures of an area, also unreleased ones")
    FIGURE_RELEASE = "figure_release", _("ask for figures to be published, and decide on what others asked for")
    REPORT_MAKE = "report_make", _("make reports of an area")
    REPORT_SIGN = "report_sign", _("sign reports that somebody else has written")
    RETURN_WRITE = "return_write", _("fill in and send the returns of an area")
    RETURN_APPROVE = "return_approve", _("approve the returns of an area, or send them back")
    SESSION_READ = "session_read", _("see outreach sessions")
    SESSION_WRITE = "session_write", _("record and correct outreach sessions")
    PLEDGE_READ = "pledge_read", _("see pledge campaigns and how many have signed")
    PLEDGE_WRITE = "pledge_write", _("record how many have signed a pledge, and how many households there are")
    REGISTER_READ = "register_read", _("see the registers of initiatives, groups and organisations")
    REGISTER_WRITE = "register_write", _("keep the registers of initiatives, groups and organisations")
    MATERIAL_READ = "material_read", _("see the materials library, also what is not published")
    MATERIAL_WRITE = "material_write", _("add outreach materials and new versions of them")
    MATERIAL_PUBLISH = "material_publish", _("publish and withdraw outreach materials that somebody else has written")
    TYPE_KEEP = "type_keep", _("add and merge types of initiatives, and set how their sites are rated and asked")
    KEEPERS_WRITE = "keepers_write", _("write to those who keep the registers below")
    PATROL_READ = "patrol_read", _("see patrols, checkpoints and hazards of places")
    PATROL_WRITE = "patrol_write", _("record and correct patrols, checkpoints and hazards of places")
    HAZARD_WORK = "hazard_work", _("hand hazards to who mends them, and say how far it has come")
    DUTY_READ = "duty_read", _("see the duty rosters of teams")
    DUTY_WRITE = "duty_write", _("make the duty rosters of teams")
    MEMBER_READ = "member_read", _("see who are members of groups and guard teams")
    MEMBER_WRITE = "member_write", _("record members with their consent, their terms, training and leaving")
    MEMBER_CONTACT = "member_contact", _("see how to reach members, for a purpose that is written down")
    MEMBER_DECIDE = (
        "member_decide",
        _("recognise members, approve grades and answer objections that others put forward"),
    )
    MEDIATION_READ = "mediation_read", _("see how many disputes were mediated")
    MEDIATION_WRITE = "mediation_write", _("record how many disputes were mediated")
    TIP_WORK = "tip_work", _("work on the tips of a desk, with a key of one's own")
    TIP_CUSTODY = "tip_custody", _("keep the identities of reporters sealed, and open one with a second custodian")
    TIP_KEYS = "tip_keys", _("certify the keys of a desk")
    TIP_OVERSEE = "tip_oversee", _("see what desks did about tips and which clocks they missed, never what tips say")
    TIP_RULES = "tip_rules", _("set how long the clocks of tips run, and on which days offices work")
    ACCOUNT_READ = "account_read", _("see who holds an account in an area")
    ACCOUNT_WRITE = "account_write", _("create, suspend and reset accounts in an area")
    SUBJECT_REQUEST = "subject_request", _("answer people who ask what is held about them")
    AUDIT_READ = "audit_read", _("read the audit trail")
