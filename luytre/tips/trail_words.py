"""What the tip line's acts are called in the audit trail."""

from django.utils.translation import gettext_lazy as _

from luytre.administration import words
from luytre.tips.acts import RECORDED
from luytre.tips.models import Verb

words.VERBS.update({said: Verb(verb).label for verb, said in RECORDED.items()})
words.VERBS.update(
    {
        "tip opened": _("tip opened"),
        "tip written to": _("message to the reporter"),
        "tip noted": _("note on a tip"),
        "tip taken down": _("tip taken down that was heard"),
        "clock setting changed": _("length of a clock changed"),
        "working day changed": _("working day changed"),
        "read tip oversight": _("acts and clocks of tips looked at"),
        "exported tip oversight": _("acts and clocks of tips exported"),
        "desk closed": _("desk closed, another one follows it"),
        "key made": _("key made in an officer's browser"),
        "key certified": _("key certified"),
        "key to be certified again": _("key to be certified again"),
        "passkey put on": _("key locked with a passkey too"),
        "passkey taken off": _("passkey of a key taken off"),
        "key withdrawn": _("key withdrawn"),
        "desk list signed": _("desk's list of keys signed"),
        "desk key founded": _("desk's certifying key made by two holders"),
        "desk key changed": _("new key of the desk"),
        "desk key handed on": _("desk's keys handed on to an officer"),
        "tip wrapped again": _("tip sealed to the desk's new key"),
        "identity asked for": _("opening of an identity asked for"),
        "identity agreed to": _("opening of an identity agreed to"),
        "identity refused": _("opening of an identity refused"),
        "identity opened": _("identity of a reporter read"),
        "recovery begun": _("holders of a desk withdrawn, for two others to begin anew"),
        "recovered": _("desk opened again by two recovery holders"),
    }
)
