"""A report as its page shows it: the paper, how far it has come, and what this person may do next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.reporting import drafting, outline, phrases, printing, prose
from luytre.reporting.documents import layouts, word
from luytre.reporting.documents.content import OfficialDocument
from luytre.reporting.documents.layouts import Figures
from luytre.reporting.drafting import Text
from luytre.reporting.frozen import Frozen
from luytre.reporting.models.layouts import ReportLayout
from luytre.reporting.models.reports import OPEN, Report, ReportIssue, ReportStep, ReportVersion, Step
from luytre.reporting.prose import Block, Piece, Token
from luytre.ui.components import Happening
from luytre.ui.components import Step as StemStep

WRITE_AND_SIGN = (Permission.REPORT_MAKE, Permission.REPORT_SIGN)
TONES = {Step.SUBMITTED: "near", Step.SIGNED: "near", Step.ISSUED: "done", Step.RETURNED: "late", Step.RECALLED: "late"}
EVENTS = {
    Step.DRAFTED.value: gettext_lazy("Drafted from the records"),
    Step.SUBMITTED.value: gettext_lazy("Handed in for signing"),
    Step.WITHDRAWN.value: gettext_lazy("Taken back"),
    Step.RETURNED.value: gettext_lazy("Returned to be mended"),
    Step.SIGNED.value: gettext_lazy("Signed by a second person"),
    Step.ISSUED.value: gettext_lazy("Numbered and issued"),
    Step.RECALLED.value: gettext_lazy("Recalled to be corrected"),
}


@dataclass(frozen=True)
class Sheet:
    """One version of a report, for one reader."""

    report: Report
    version: ReportVersion
    last: ReportStep
    request: StaffRequest

    @classmethod
    def opened(cls, report: Report, request: StaffRequest, *, number: int = 0) -> "Sheet":
        """The newest version one may read: of the places below only what they have issued."""
        if number:
            version = report.versions.select_related("figures", "saved_by").filter(number=number).first()
        elif is_office(report, request):
            version = report.newest
        else:
            version = report.issues.select_related("version__figures", "version__saved_by").order_by("-pk")[0].version
        if version is None:
            raise Http404(str(number))
        return cls(report, version, report.last_step, request)

    @cached_property
    def text(self) -> Text:
        return Text(self.version)

    @property
    def picture(self) -> Frozen:
        return self.text.picture

    @cached_property
    def document(self) -> OfficialDocument:
        return self.text.document(today=self.request.scope.on)

    def older(self, number: int) -> Text:
        if not self.is_own or not number >= 1:
            raise Http404(str(number))
        found = self.report.versions.select_related("figures", "saved_by").filter(number=number).first()
        if found is None:
            raise Http404(str(number))
        return Text(found)

    # Who may do what.

    @cached_property
    def is_own(self) -> bool:
        return is_office(self.report, self.request)

    @property
    def may_read(self) -> bool:
        return self.is_own or self.issue is not None

    @cached_property
    def is_newest(self) -> bool:
        return self.version.pk == self.report.newest.pk

    def may(self, permission: Permission) -> bool:
        scope = self.request.user.scope(permission, on=self.request.scope.on)
        return self.report.is_of_office(scope)

    @cached_property
    def may_write(self) -> bool:
        return self.last.kind in OPEN and self.is_newest and self.may(Permission.REPORT_MAKE)

    @cached_property
    def may_sign(self) -> bool:
        waits = self.last.kind == Step.SUBMITTED and self.may(Permission.REPORT_SIGN)
        return waits and self.request.user.pk not in self.report.writers()

    @cached_property
    def may_withdraw(self) -> bool:
        return self.last.kind == Step.SUBMITTED and self.may(Permission.REPORT_MAKE)

    @cached_property
    def may_return(self) -> bool:
        return self.last.kind in (Step.SUBMITTED, Step.SIGNED) and self.may(Permission.REPORT_SIGN)

    @cached_property
    def may_issue(self) -> bool:
        return self.last.kind == Step.SIGNED and self.is_own

    @cached_property
    def may_recall(self) -> bool:
        return self.last.kind == Step.ISSUED and self.may(Permission.REPORT_SIGN)

    # What is shown.

    @property
    def title(self) -> str:
        return title_of(self.picture.period)

    @property
    def state(self) -> str:
        return str(Step(self.last.kind).label) if self.is_own else str(Step.ISSUED.label)

    @property
    def tone(self) -> str:
        return TONES.get(Step(self.last.kind), "")

    @cached_property
    def issue(self) -> ReportIssue | None:
        return ReportIssue.objects.filter(version=self.version).select_related("signed_by").first()

    @cached_property
    def issues(self) -> list[ReportIssue]:
        return list(self.report.issues.select_related("version", "signed_by"))

    @property
    def stem(self) -> list[StemStep]:
        """Drafted, handed in, signed, issued."""
        kinds = [Step.DRAFTED, Step.SUBMITTED, Step.SIGNED, Step.ISSUED]
        reached = kinds.index(Step(self.last.kind)) if self.last.kind in kinds else 0
        words = [_("Drafted"), _("Handed in for signing"), _("Signed by a second person"), _("Numbered and issued")]
        states = ["done" if at <= reached else "next" if at == reached + 1 else "later" for at in range(4)]
        return [StemStep(words=text, state=state) for text, state in zip(words, states, strict=True)]

    @cached_property
    def hand_typed(self) -> list[str]:
        return drafting.hand_typed(self.text)

    @cached_property
    def blanks(self) -> list[str]:
        return [block.said(self.picture) for block in prose.blanks(self.text.body)]

    def parts(self) -> Iterator[dict[str, Any]]:
        """The body, block by block, its figures as links to their records."""
        for block in self.text.body:
            tables = list(printing.table(self.picture)) if block.kind == "table" else []
            yield {"block": block, "pieces": self.pieces(block), "tables": tables, "url": self.edit_url(block)}

    def pieces(self, block: Block) -> list[tuple[str, str, bool]]:
        """Text, where its records are, and whether it is a figure."""
        return [self.piece(piece) for piece in block.pieces]

    def piece(self, piece: Piece) -> tuple[str, str, bool]:
        if not isinstance(piece, Token):
            return piece, "", False
        url = self.picture.records_url(piece.figure) if piece.figure and piece.shows == "now" else ""
        return piece.said(self.picture), url, True

    def edit_url(self, block: Block) -> str:
        if not (self.may_write and block.is_editable):
            return ""
        return reverse("reporting:report-paragraph", kwargs={"pk": self.report.pk, "key": block.key})

    def history(self) -> list[Happening]:
        return [
            Happening(
                at=step.at, words=f"{Step(step.kind).label}{f': {step.reason}' if step.reason else ''}", by=str(step.by)
            )
            for step in self.report.steps.select_related("by")
        ]

    def versions(self) -> list[ReportVersion]:
        return list(self.report.versions.select_related("saved_by").defer("body"))

    def as_word(self) -> bytes:
        layout = self.issue.layout if self.issue else ReportLayout.objects.current(self.report.area)
        if layout is None:
            return word.write(self.document)
        return layouts.fill(bytes(layout.content), self.document, figures_of(self.picture))


@dataclass(frozen=True)
class Row:
    """A report in the list: what it is, where it stands, and the next thing to do with it."""

    report: Report
    state: str
    is_own: bool
    may_write: bool
    may_sign: bool

    @property
    def title(self) -> str:
        return title_of(outline.period(self.report.period, self.report.window))

    @property
    def words(self) -> str:
        return str(Step(self.state).label) if self.is_own else str(Step.ISSUED.label)

    @property
    def tone(self) -> str:
        return TONES.get(Step(self.state), "") if self.is_own else "done"

    @property
    def issue(self) -> ReportIssue | None:
        return next(iter(self.report.issues.all()), None)

    @property
    def next_step(self) -> tuple[str, str] | None:
        """Words and name of the page; nothing where somebody else has to act."""
        if self.state in OPEN and self.may_write:
            return _("Go on writing"), "reporting:report"
        if self.state == Step.SUBMITTED and self.may_sign:
            return _("Read and sign"), "reporting:report-signature"
        if self.state == Step.SIGNED and self.may_write:
            return _("Number and issue"), "reporting:report-issue"
        return None


def rows_of(reports: Iterable[Any], request: StaffRequest) -> list[Row]:
    """With a handful of queries, however many reports."""
    own, write, sign = (
        set(Report.objects.of_office(scope).values_list("pk", flat=True))
        for scope in (request.scope, *(request.user.scope(one, on=request.scope.on) for one in WRITE_AND_SIGN))
    )
    return [Row(one, one.state, one.pk in own, one.pk in write, one.pk in sign) for one in reports]


def title_of(period: str) -> str:
    return _("Report of %(period)s") % {"period": period}


def figures_of(picture: Frozen) -> Figures:
    lines = picture.in_order
    return Figures(
        now={line.code: str(line.now) for line in lines},
        last_year={line.code: str(line.then) for line in lines},
        changes={line.code: phrases.cell(line) for line in lines},
    )


def is_office(report: Report, request: StaffRequest) -> bool:
    return report.is_of_office(request.scope)
