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
        "recovered": _("desk opened again by two recovery holders"),
    }
)
