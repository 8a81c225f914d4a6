"""The catalogue as rows, the facts that totals are kept in, returns, and what was released to the public."""

from luytre.reporting.models.definitions import AreaRule, Behaviour, Definition, DefinitionQuerySet, Nature
from luytre.reporting.models.facts import FactDelta, FactEra, FactOpening, FactSeat, FactSum, FactTop
from luytre.reporting.models.layouts import ReportLayout
from luytre.reporting.models.quoted import Decision, FigureRole, QuotedFigure, QuotedReport, Said
from luytre.reporting.models.releases import AlreadyDecided, OwnRelease, Release, ReleasedFigure, ReleaseQuerySet
from luytre.reporting.models.reminders import ReturnReminder
from luytre.reporting.models.reports import Report, ReportFigures, ReportIssue, ReportStep, ReportVersion
from luytre.reporting.models.returns import (
    Every,
    NotNow,
    OwnReturn,
    Return,
    ReturnDraft,
    ReturnForm,
    ReturnQuerySet,
    ReturnStep,
    ReturnVersion,
    StepKind,
)
from luytre.reporting.models.saved_views import NotOwnView, SavedView, SavedViewQuerySet, TooManyViews, offices_of
from luytre.reporting.models.workbooks import Delivery, DeliveryLine, LineState, NotWaiting, WorkbookMapping

__all__ = [
    "AlreadyDecided",
    "AreaRule",
    "Behaviour",
    "Decision",
    "Definition",
    "DefinitionQuerySet",
    "Delivery",
    "DeliveryLine",
    "Every",
    "FactDelta",
    "FactEra",
    "FactOpening",
    "FactSeat",
    "FactSum",
    "FactTop",
    "FigureRole",
    "LineState",
    "Nature",
    "NotNow",
    "NotOwnView",
    "NotWaiting",
    "OwnRelease",
    "OwnReturn",
    "QuotedFigure",
    "QuotedReport",
    "Release",
    "ReleaseQuerySet",
    "ReleasedFigure",
    "Report",
    "ReportFigures",
    "ReportIssue",
    "ReportLayout",
    "ReportStep",
    "ReportVersion",
    "Return",
    "ReturnDraft",
    "ReturnForm",
    "ReturnQuerySet",
    "ReturnReminder",
    "ReturnStep",
    "ReturnVersion",
    "StepKind",
    "Said",
    "SavedView",
    "SavedViewQuerySet",
    "TooManyViews",
    "WorkbookMapping",
    "offices_of",
]
