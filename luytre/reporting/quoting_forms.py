"""Forms of the pages on which narrative reports are read."""

from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.areas.models import Area, Scope
from luytre.reporting import catalogue, questions
from luytre.reporting.forms import GROUPS, day_field, fill_places
from luytre.reporting.models import FigureRole, QuotedFigure, Said
from luytre.reporting.models.facts import SCALE
from luytre.reporting.models.quoted import MENDED
from luytre.reporting.returns import numbers
from luytre.ui.forms import FEW, AreaChoiceField, AreaInput

LONGEST = 400_000  # characters of a pasted text


class QuotedReportForm(forms.Form):
    """A file, or the text itself; whose report it is and of which day."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Report file"),
        required=False,
        help_text=gettext_lazy("Word (.docx), PDF, OpenDocument, web page or plain text, up to 20 MB"),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("pasted from Zalo, an e-mail or a web page"),
    )
    area = AreaChoiceField(label=gettext_lazy("Whose report"), queryset=Area.objects.none())
    reported_on = day_field(
        gettext_lazy("Day of the report"),
        help_text=gettext_lazy("empty: the day that the text itself bears; “until now” is counted up to it"),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_places(self.fields["area"], scope)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("file") and not str(said.get("text") or "").strip() and "text" not in self.errors:
            self.add_error("file", _("Choose a file, or paste the text below."))
        return said


def all_indicators() -> list[tuple[Any, list[tuple[str, str]]]]:
    """The whole catalogue by chapter: a report may quote what no register keeps."""
    by_group = groupby(catalogue.definitions().values(), key=lambda one: one.group)
    return [(GROUPS[group], [(one.code, one.name) for one in ones]) for group, ones in by_group]


def typed(value: Decimal) -> str:
    """As it stands in an input: 1234, 12,5, -3."""
    written = numbers.plain(int(abs(value) * SCALE))
    return f"-{written}" if value < 0 else written


class MendingForm(forms.Form):
    """One figure as somebody mends it before taking it."""

    use_required_attribute = False

    code = forms.ChoiceField(label=gettext_lazy("Indicator"), choices=all_indicators)
    value = forms.CharField(label=gettext_lazy("Value"), max_length=24)
    qualifier = forms.ChoiceField(label=gettext_lazy("How exact"), choices=Said.choices)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=FigureRole.choices)
    area = AreaChoiceField(label=gettext_lazy("Place"), queryset=Area.objects.none(), required=False)
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(gettext_lazy("Last day"))

    def __init__(self, data: Any = None, *, figure: QuotedFigure, scope: Scope) -> None:
        initial = {name: getattr(figure, name) for name in MENDED} | {"value": typed(figure.value)}
        super().__init__(data, initial=initial, prefix=f"f{figure.number}")
        rows = questions.visible(scope).on(figure.report.reported_on).select_related("parent").order_by("path")
        field = self.fields["area"]
        field.queryset = rows  # type: ignore[attr-defined]
        if rows[FEW : FEW + 1].exists():
            field.widget = AreaInput(rows[:400])

    def clean_value(self) -> Decimal:
        """As in a return; only a change may lie below zero."""
        written = str(self.cleaned_data["value"]).replace("−", "-").strip()
        sign = -1 if written.startswith("-") else 1
        try:
            found = numbers.hundredths(written.lstrip("-").strip(), "kg")
        except numbers.NotANumber as problem:
            raise ValidationError(str(problem.words)) from problem
        return Decimal(sign * found) / SCALE

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        return said
