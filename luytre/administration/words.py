"""What the trail's verbs and kinds are called on the screen."""

from collections import ChainMap

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.ui.kit import trail

OWN_VERBS: dict[str, str | Promise] = {
    "enrolled": _("account made"),
    "assigned": _("role given"),
    "assignment_ended": _("role ended"),
    "assignment_withdrawn": _("role taken back before it began"),
    "stand_in_named": _("stand-in named"),
    "reset": _("new code given"),
    "reset_with_second_step": _("new code given, second step removed"),
    "suspended": _("suspended"),
    "suspension_lifted": _("suspension lifted"),
    "password_chosen": _("password chosen"),
    "signed_in": _("signed in"),
    "signed_out": _("signed out"),
    "totp_activated": _("authenticator app set up"),
    "totp_deactivated": _("authenticator app removed"),
    "webauthn_added": _("passkey added"),
    "webauthn_removed": _("passkey removed"),
    "recovery_codes_generated": _("recovery codes made"),
    "viewed": _("looked at"),
    "listed": _("list looked at"),
    "took_own_data": _("took along what is held"),
    "read_trail": _("trail read"),
    "exported_trail": _("trail exported"),
    "filed": _("request received"),
    "acknowledged": _("request taken up"),
    "done": _("request done"),
    "refused": _("refused"),
    "erased": _("erased when due"),
    "asked": _("publication asked for"),
    "approved": _("publication approved"),
    "issued": _("token made"),
    "revoked": _("token revoked"),
    "return_sent": _("return sent"),
    "return_returned": _("return sent back"),
    "return_approved": _("return approved"),
    "return_locked": _("return locked"),
    "return_reopened": _("return reopened"),
    "special_return_asked": _("special report asked for"),
    "workbooks_brought_in": _("workbooks brought in"),
    "workbooks_told_to_send": _("sending of workbooks ordered"),
    "workbook_mapping_kept": _("reading of a workbook kept"),
    "workbook_mapping_removed": _("reading of a workbook removed"),
    "report_drafted": _("report drafted"),
    "report_corrected": _("report changed"),
    "report_refreshed": _("figures of a report taken anew"),
    "report_restored": _("earlier version of a report restored"),
    "report_submitted": _("report handed in for signing"),
    "report_withdrawn": _("report taken back"),
    "report_returned": _("report sent back"),
    "report_signed": _("report signed"),
    "report_issued": _("report issued"),
    "report_recalled": _("report recalled"),
    "report_layout_put_in": _("report layout put in"),
    "report_brought_in": _("report brought in to be read"),
    "quoted_report_removed": _("quoted report removed"),
    "figure_taken": _("quoted figure taken"),
    "figure_left_out": _("quoted figure left out"),
    "figure_put_back": _("quoted figure put back"),
    "view_kept": _("view of figures kept"),
    "view_renamed": _("view of figures renamed"),
    "view_removed": _("view of figures taken away"),
    "loaded": _("loaded"),
    "territory_loaded": _("territory loaded"),
    "territory_drafted": _("change of the territory drafted"),
    "territory_changed": _("change of the territory put into force"),
    "territory_withdrawn": _("change of the territory withdrawn"),
    "territory_undone": _("change of the territory undone"),
    "place_closed": _("place ended"),
    "place_opened": _("place begun"),
    "place_reopened": _("place stands again"),
    "place_taken_back": _("place taken back"),
    "simulated": _("made up for trying"),
    "recognition_proposed": _("recognition proposed"),
    "recognised": _("recognised"),
    "recognition_refused": _("recognition refused"),
    "grading_proposed": _("grades proposed"),
    "graded": _("grades approved"),
    "grading_refused": _("grades refused"),
    "objected": _("objection received"),
    "objection_upheld": _("objection found right"),
    "objection_refused": _("objection refused"),
    "asked_to_join": _("asked to join"),
    "join_accepted": _("request to join accepted"),
    "join_declined": _("request to join declined"),
    "voted": _("vote recorded"),
    "rate_set": _("rate recorded"),
    "limit_set": _("limit of duty nights recorded"),
    "put_beyond_limit": _("put on duty beyond the limit"),
    "kind_added": _("kind of group added"),
    "column_reading_kept": _("reading of a workbook kept"),
    "brought_in": _("workbook brought in"),
    "import_undone": _("what was brought in taken back"),
}
VERBS = ChainMap(OWN_VERBS, trail.VERBS)  # registers add theirs as they are loaded, which may be later


PURPOSES: dict[str, str | Promise] = {
    "accounts": _("keeping accounts"),
    "request": _("answering a request"),
    "own data": _("seeing one's own data"),
    "audit": _("audit"),
    "members": _("keeping the members of groups and teams"),
    "respected persons": _("keeping in touch with respected persons"),
    "duty": _("keeping the duty roster"),
}


def purpose(code: str) -> str:
    return str(PURPOSES.get(code, code))


def verb(code: str) -> str:
    return str(VERBS.get(code, code))


def kind(label: str) -> str:
    """The name of a kind of record; kinds that are gone keep their code."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
