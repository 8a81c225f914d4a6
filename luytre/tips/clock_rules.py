"""The clocks of the law as data: what starts each, what ends it, how long it is, where, and on which basis.

Lengths, units and bases can be changed by the ministry (`ClockSetting`); what starts and ends a clock is code.
Where `is_confirmed` is false the text of the law was not seen, only reports of it: the page of settings says so.
"""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.tips.models import (
    Class,
    ClockSetting,
    Desk,
    DeskKind,
    Matter,
    Outcome,
    State,
    Step,
    Tip,
    Unit,
    Urgency,
    Verb,
)

NOT_AT_ONCE = (Urgency.SOON, Urgency.USUAL)
COMMUNE = (DeskKind.COMMUNE,)
CRIME = (Class.CRIME,)
KNOWN = (Verb.CLASSIFIED, Verb.CONVERTED)


@dataclass(frozen=True)
class Rule:
    code: str
    name: str | Promise
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    length: int
    unit: str
    basis: str
    # Which tips and desks it is for; nothing named is all.
    classes: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    only_deciding: bool = False  # desks that issue procedural decisions
    only_named: bool = False  # no notice is owed where no name was given (TT 28/2020 art. 17)
    from_receipt: bool = False  # counted from when this desk received it, not from the step
    is_doubled_when_remote: bool = False
    pauses: bool = False  # stands while the tip is suspended
    owner: str = "desk"
    is_confirmed: bool = True
    is_used: bool = True

    @property
    def unit_words(self) -> str:
        return str(Unit(self.unit).label)

    def is_for(self, tip: Tip, desk: Desk) -> bool:
        """Whether a tip as it stands now owes this at this desk."""
        return (
            (not self.classes or tip.classed in self.classes)
            and (not self.urgencies or tip.urgency in self.urgencies)
            and (not self.matters or tip.matter in self.matters)
            and (not self.kinds or desk.kind in self.kinds)
            and (desk.decides or not self.only_deciding)
            and (tip.is_named or not self.only_named)
        )

    def starts_with(self, step: Step, tip: Tip) -> bool:
        return (
            self.is_used
            and step.verb in self.starts
            and (not self.states or tip.state in self.states)
            and (not self.outcomes or step.outcome in self.outcomes)
        )


ALL = (
    Rule(
        "classify",
        _("say what it is"),
        starts=(Verb.RECEIVED, Verb.TRANSFERRED, Verb.REOPENED),
        ends=(Verb.CLASSIFIED,),
        length=24,
        unit=Unit.HOURS,
        states=(State.RECEIVED,),
        from_receipt=True,
        basis="TTLT 01/2017 điều 8; TT 28/2020 các điều 7–9",
    ),
    Rule(
        "pass_on",
        _("pass on what belongs to another body"),
        starts=(Verb.CLASSIFIED,),
        ends=(Verb.CLOSED, Verb.TRANSFERRED),
        length=24,
        unit=Unit.HOURS,
        classes=(Class.ELSEWHERE,),
        basis="TTLT 01/2017 điều 8; mẫu 03",
    ),
    Rule(
        "report_to_head",
        _("report to the head of the provincial investigating body"),
        starts=KNOWN,
        ends=(Verb.REPORTED, Verb.TRANSFERRED),
        length=12,
        unit=Unit.HOURS,
        classes=CRIME,
        kinds=COMMUNE,
        from_receipt=True,
        is_doubled_when_remote=True,
        is_confirmed=False,
        basis="HD 11/HD-BCA-V03 (27/2/2025)",
    ),
    Rule(
        "pass_on_at_once",
        _("pass on what cannot wait"),
        starts=KNOWN,
        ends=(Verb.TRANSFERRED,),
        length=24,
        unit=Unit.HOURS,
        classes=CRIME,
        urgencies=(Urgency.AT_ONCE,),
        kinds=COMMUNE,
        from_receipt=True,
        is_doubled_when_remote=True,
        basis="TTLT 01/2017 điều 8 khoản 5 điểm a (sửa đổi 2021)",
    ),
    Rule(
        "pass_on_child",
        _("pass on what harms a child"),
        starts=KNOWN,
        ends=(Verb.TRANSFERRED,),
        length=24,
        unit=Unit.HOURS,
        classes=CRIME,
        matters=(Matter.CHILDREN,),
        kinds=COMMUNE,
        from_receipt=True,
        is_doubled_when_remote=True,
        basis="TT 43/2021/TT-BCA",
    ),
    Rule(
        "pass_on_file",
        _("check and pass on the file"),
        starts=KNOWN,
        ends=(Verb.TRANSFERRED,),
        length=7,
        unit=Unit.DAYS,
        classes=CRIME,
        urgencies=NOT_AT_ONCE,
        kinds=COMMUNE,
        from_receipt=True,
        basis="TTLT 01/2017 điều 8 khoản 5 điểm b",
    ),
    Rule(
        "procuracy_passes_on",
        _("the procuracy passes on"),
        starts=KNOWN,
        ends=(Verb.TRANSFERRED,),
        length=24,
        unit=Unit.HOURS,
        classes=CRIME,
        kinds=(DeskKind.PROCURACY,),
        from_receipt=True,
        basis="TTLT 01/2017 điều 8 khoản 3",
    ),
    Rule(
        "acknowledge",
        _("tell the reporter and the procuracy that it was received"),
        starts=KNOWN,
        ends=(Verb.ACKNOWLEDGED,),
        length=3,
        unit=Unit.WORKING_DAYS,
        classes=CRIME,
        only_deciding=True,
        from_receipt=True,
        basis="BLTTHS điều 146 khoản 5; TTLT 01/2017 điều 14 khoản 1; TT 28/2020 điều 17",
    ),
    Rule(
        "assign",
        _("give it to an investigator"),
        starts=KNOWN,
        ends=(Verb.CHECKING,),
        length=3,
        unit=Unit.DAYS,
        classes=CRIME,
        only_deciding=True,
        from_receipt=True,
        basis="TTLT 01/2017 điều 9",
    ),
    Rule(
        "resolve",
        _("resolve it"),
        starts=(*KNOWN, Verb.REOPENED),
        ends=(Verb.CONCLUDED,),
        length=20,
        unit=Unit.DAYS,
        classes=CRIME,
        only_deciding=True,
        from_receipt=True,
        pauses=True,
        basis="BLTTHS điều 147",
    ),
    Rule(
        "tell_suspended",
        _("tell the reporter that it is suspended"),
        starts=(Verb.SUSPENDED,),
        ends=(Verb.NOTIFIED,),
        length=24,
        unit=Unit.HOURS,
        only_named=True,
        basis="BLTTHS điều 148 khoản 2; TT 28/2020 điều 17 khoản 3",
    ),
    Rule(
        "tell_resumed",
        _("tell the reporter that it goes on"),
        starts=(Verb.RESUMED,),
        ends=(Verb.NOTIFIED,),
        length=3,
        unit=Unit.DAYS,
        only_named=True,
        basis="TTLT 01/2017 điều 11 khoản 3, điều 14 khoản 4",
    ),
    Rule(
        "send_decision",
        _("send the decision to the procuracy"),
        starts=(Verb.SUSPENDED, Verb.CONCLUDED),
        ends=(Verb.SENT,),
        length=24,
        unit=Unit.HOURS,
        classes=CRIME,
        only_deciding=True,
        outcomes=("", Outcome.PROSECUTED, Outcome.NOT_PROSECUTED),
        basis="TT 28/2020 điều 16",
    ),
    Rule(
        "send_administrative",
        _("send the file to who may fine"),
        starts=(Verb.CONCLUDED,),
        ends=(Verb.SENT,),
        length=3,
        unit=Unit.DAYS,
        classes=CRIME,
        outcomes=(Outcome.ADMINISTRATIVE,),
        basis="TTLT 01/2017 điều 16",
    ),
    Rule(
        "tell_result",
        _("tell the reporter the result"),
        starts=(Verb.CONCLUDED,),
        ends=(Verb.NOTIFIED,),
        length=3,
        unit=Unit.DAYS,
        classes=CRIME,
        only_named=True,
        basis="TTLT 01/2017 điều 14 khoản 3",
    ),
    Rule(
        "answer_complaint",
        _("answer a complaint about how it is handled"),
        starts=(Verb.COMPLAINED,),
        ends=(Verb.HEARD,),
        length=7,
        unit=Unit.DAYS,
        owner="superior",
        is_confirmed=False,
        basis="BLTTHS chương XXXIII",
    ),
)
BY_CODE = {rule.code: rule for rule in ALL}
RESOLVE = "resolve"
COMPLAINT = "answer_complaint"


def rules() -> tuple[Rule, ...]:
    """As the ministry has them now."""
    changed = {setting.code: setting for setting in ClockSetting.objects.all()}
    return tuple(as_set(rule, changed[rule.code]) if rule.code in changed else rule for rule in ALL)


def as_set(rule: Rule, setting: ClockSetting) -> Rule:
    return replace(
        rule,
        length=setting.length,
        unit=setting.unit,
        is_doubled_when_remote=setting.is_doubled_when_remote,
        is_used=setting.is_used,
        basis=setting.basis,
        is_confirmed=True,  # somebody of the ministry has said it
    )


def name_of(code: str) -> str:
    return str(BY_CODE[code].name) if code in BY_CODE else code
