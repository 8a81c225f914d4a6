"""The acts of a desk as forms: each with the law it stands on. Nothing of what a tip says is ever in them."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.tips import acts
from luytre.tips.framing import Malformed
from luytre.tips.models import (
    Authority,
    Class,
    Desk,
    DeskKind,
    Matter,
    Outcome,
    State,
    Step,
    Suspension,
    Tip,
    Urgency,
    Verb,
)

NOTHING = [("", "—")]


class ActForm(forms.Form):
    """`tip` is what it is about; `choices_for` fills what depends on it."""

    def __init__(self, *args: Any, tip: Tip, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tip = tip

    def said(self) -> dict[str, Any]:
        """The keywords of the act."""
        return dict(self.cleaned_data)


class DocumentForm(ActForm):
    document = forms.CharField(label=_("number of the document"), max_length=60, required=False)


class ClassifyForm(ActForm):
    classed = forms.ChoiceField(
        label=_("what it is"), choices=[*NOTHING, *(one for one in Class.choices if one[0] != Class.DUPLICATE)]
    )
    matter = forms.ChoiceField(label=_("matter"), choices=[*NOTHING, *Matter.choices])
    urgency = forms.ChoiceField(label=_("urgency"), choices=Urgency.choices, initial=Urgency.USUAL)


class Reason:
    """Why a tip is passed on: a closed list, for nothing is told here in free words."""

    CHOICES = [
        ("TTLT 01/2017 8(5)a", _("flagrant, very serious, or somebody may flee: at once, within 24 hours")),
        ("TTLT 01/2017 8(5)b", _("first checks are done: the file goes to the investigating body")),
        ("TTLT 01/2017 8(1)", _("another body is competent")),
        ("TT 43/2021", _("a child is the victim: within 24 hours")),
        ("TT 28/2020 10", _("complaint or denunciation about officials or the police")),
    ]


class TransferForm(ActForm):
    to_desk = forms.ModelChoiceField(Desk.objects.none(), label=_("pass on to"), empty_label="—")
    basis = forms.ChoiceField(label=_("why"), choices=[*NOTHING, *Reason.CHOICES])
    document = forms.CharField(label=_("number of the slip (form 03)"), max_length=60, required=False)
    keeps_own = forms.BooleanField(
        label=_("this desk still has a part in it by law, and keeps its key"),
        required=False,
        help_text=_("otherwise this desk can no longer read it"),
    )
    wrapping = forms.CharField(widget=forms.HiddenInput)  # filled in by the officer's browser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_desk"].queryset = reachable(self.tip.desk)  # type: ignore[attr-defined]
        self.fields["to_desk"].initial = self.tip.desk.sends_to_id

    def clean_wrapping(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["wrapping"], validate=True)
        except binascii.Error as error:
            raise forms.ValidationError(_("The key was not wrapped. Unlock this page and try again.")) from error


def reachable(desk: Desk) -> Any:
    """Open desks of the same province, and those of the whole country; the one it sends to by default among them."""
    province = ".".join(desk.area.path.split(".")[:2]) + "."
    near = Desk.objects.open().filter(area__path__startswith=province)
    wide = Desk.objects.open().filter(kind=DeskKind.MINISTRY)
    return Desk.objects.filter(pk__in=[*near.values_list("pk", flat=True), *wide.values_list("pk", flat=True)]).exclude(
        pk=desk.pk
    )


class JoinForm(ActForm):
    other = forms.UUIDField(label=_("number of the earlier tip"))

    def said(self) -> dict[str, Any]:
        return {"other": Tip(pk=self.cleaned_data["other"])}

    def clean_other(self) -> Any:
        other = self.cleaned_data["other"]
        if not Tip.objects.filter(pk=other, desk=self.tip.desk_id).exists():
            raise forms.ValidationError(_("This desk has no such tip."))
        return other


class ExtendForm(ActForm):
    until = forms.DateField(label=_("until"), widget=forms.DateInput(attrs={"type": "date"}))
    authority = forms.ChoiceField(label=_("who allowed it"), choices=Authority.choices)
    asked_on = forms.DateField(
        label=_("asked on"), widget=forms.DateInput(attrs={"type": "date"}), initial=timezone.localdate
    )
    document = forms.CharField(label=_("number of the document"), max_length=60, required=False)

    def said(self) -> dict[str, Any]:
        zone = timezone.get_current_timezone()
        told = self.cleaned_data
        return {
            "until": datetime.combine(told["until"], time(17), tzinfo=zone),
            "asked_at": datetime.combine(told["asked_on"], time(8), tzinfo=zone),
            "authority": told["authority"],
            "document": told["document"],
        }


class SuspendForm(DocumentForm):
    ground = forms.ChoiceField(label=_("ground"), choices=Suspension.choices)
    field_order = ("ground", "document")


class ConcludeForm(DocumentForm):
    outcome = forms.ChoiceField(label=_("result"), choices=[*NOTHING, *Outcome.choices])
    is_valuable = forms.BooleanField(label=_("it was valuable: it helped to prevent, find or mend"), required=False)
    case_count = forms.IntegerField(label=_("cases opened"), min_value=0, initial=0)
    administrative_count = forms.IntegerField(label=_("administrative cases"), min_value=0, initial=0)
    person_count = forms.IntegerField(label=_("persons, as a number only"), min_value=0, initial=0)
    field_order = ("outcome", "is_valuable", "case_count", "administrative_count", "person_count", "document")


class ReopenForm(ActForm):
    basis = forms.ChoiceField(
        label=_("why"),
        choices=[
            ("new facts", _("new facts")),
            ("order", _("order of a superior or the procuracy")),
            ("not settled", _("the reporter says that it is not settled")),
        ],
    )


@dataclass(frozen=True)
class Act:
    """One thing a desk does with a tip: what it is called, its law, its form, and the verb that does it.

    `letter`: the officer may write to the reporter with it; that text is sealed in the browser and never posted here.
    """

    name: str
    verb: str
    title: str | Promise
    law: str | Promise
    form: type[ActForm]
    run: Callable[..., Step]
    letter: bool = False


ACTS = {
    act.name: act
    for act in (
        Act(
            "classify", Verb.CLASSIFIED, _("Say what it is"),
            _("within 24 hours from receipt (TTLT 01/2017 art. 8; TT 28/2020 arts 7 to 9)"),
            ClassifyForm, acts.classify,
        ),
        Act(
            "transfer", Verb.TRANSFERRED, _("Pass on to another desk"),
            _("within 24 hours, with form 03; 12 or 24 hours for what is at once (TTLT 01/2017 art. 8(5))"),
            TransferForm, acts.transfer,
        ),
        Act(
            "convert", Verb.CONVERTED, _("Make it a source of information on a crime"),
            _("it enters the legal register, form 294 (TT 28/2020 art. 7)"), ActForm, acts.convert,
        ),
        Act(
            "join", Verb.JOINED, _("Join with the same tip"),
            _("letters with the same facts are filed (TT 28/2020 art. 10)"), JoinForm, acts.join,
        ),
        Act(
            "acknowledge", Verb.ACKNOWLEDGED, _("Tell the receipt"),
            _("in writing within 3 working days to the procuracy, and to who gave a name (TTLT 01/2017 art. 14)"),
            DocumentForm, acts.acknowledge, letter=True,
        ),
        Act("check", Verb.CHECKING, _("Begin checking"), _("BLTTHS art. 147"), ActForm, acts.begin_checking),
        Act(
            "report", Verb.REPORTED, _("Tell the head of the investigating body"),
            _("within 12 hours, 24 where it is far, before the file is passed on (HD 11/HD-BCA-V03)"),
            DocumentForm, acts.report,
        ),
        Act(
            "extend", Verb.EXTENDED, _("Extend the time"), _("BLTTHS art. 147(2); TTLT 01/2017 art. 11"),
            ExtendForm, acts.extend,
        ),
        Act(
            "suspend", Verb.SUSPENDED, _("Suspend"), _("BLTTHS art. 148(1)"), SuspendForm, acts.suspend, letter=True
        ),
        Act("resume", Verb.RESUMED, _("Resume"), _("TTLT 01/2017 art. 11(3)"), DocumentForm, acts.resume),
        Act(
            "conclude", Verb.CONCLUDED, _("Conclude"), _("BLTTHS art. 147(1); persons are only a number"),
            ConcludeForm, acts.conclude,
        ),
        Act(
            "send", Verb.SENT, _("Send to the procuracy or to who may fine"),
            _("decisions within 24 hours (TT 28/2020 art. 16); a file to fine within 3 days (TTLT 01/2017 art. 16)"),
            DocumentForm, acts.send,
        ),
        Act(
            "notify", Verb.NOTIFIED, _("Tell the reporter"),
            _("the result within 3 days, a suspension within 24 hours (TTLT 01/2017 art. 14; TT 28/2020 art. 17)"),
            DocumentForm, acts.notify, letter=True,
        ),
        Act("close", Verb.CLOSED, _("Close"), _("TT 28/2020 art. 10"), ActForm, acts.close),
        Act("reopen", Verb.REOPENED, _("Open again"), _("new facts or an order"), ReopenForm, acts.reopen),
    )
}  # fmt: skip


def lawful_now(tip: Tip) -> Iterable[Act]:
    """Shown as buttons; the act itself has the last word."""
    return [act for act in ACTS.values() if acts.may(tip, act.verb) and has_sense(act, tip)]


def has_sense(act: Act, tip: Tip) -> bool:
    is_crime = tip.classed == Class.CRIME
    if act.name == "convert":
        return not is_crime
    if act.name in ("extend", "acknowledge", "report"):
        return is_crime
    if act.name == "notify" and tip.state == State.CHECKING:
        return tip.steps.filter(verb=Verb.RESUMED).exists()
    if act.name == "suspend":
        return is_crime and tip.desk.decides
    if act.name == "conclude":
        return not is_crime or tip.state == State.CHECKING
    if act.name == "check":
        return tip.classed not in acts.NOTHING_TO_CHECK
    if act.name == "close":
        return tip.state != State.CLASSIFIED or tip.classed in acts.NOTHING_TO_CHECK
    return True


def perform(act: Act, form: ActForm, *, tip: Tip, by: User) -> Step:
    return act.run(tip, by=by, **form.said())


UNLAWFUL: dict[type[Exception], str | Promise] = {
    acts.NotNow: _("This is not lawful in the state the tip is in now. Somebody else may have acted on it."),
    acts.NotOfTheDesk: _("Only an officer of the desk that holds the tip may do this."),
    acts.NotClassed: _("What the tip is does not allow this."),
    acts.NotThere: _("This desk takes no tips now. Choose another one."),
    acts.CannotJoin: _("It can only be joined with an earlier tip of this desk that is no duplicate itself."),
    acts.NotCompetent: _("This desk does not decide on opening a case. Pass it on to the investigating body."),
    acts.CountsDoNotFit: _("The numbers do not fit the result."),
    acts.StillOwed: _("The reporter gave a name: tell the result first."),
    acts.AlreadyDone: _("This desk has done this already."),
    acts.Unreadable: _("The keys of this tip were destroyed; nobody could read it."),
}

EXTENDS_NOT = _("The time cannot be extended like this: not by this authority, not so long, or asked for too late.")


def why(refused: Exception) -> Any:
    """A refusal as a sentence."""
    if isinstance(refused, Malformed):
        return _("The key was not wrapped. Unlock this page and try again.")
    return UNLAWFUL.get(type(refused), EXTENDS_NOT)
