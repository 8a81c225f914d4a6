"""What people fill in to draft, write, sign and issue reports."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Scope
from luytre.common import periods
from luytre.common.periods import Window
from luytre.reporting.forms import day_field, fill_places, official
from luytre.reporting.models.reports import LARGEST_NUMBER, Step
from luytre.ui.forms import AreaChoiceField

OTHER_DAYS = "days"


class ReportForm(forms.Form):
    """Which report: the place and the period, or any days."""

    area = AreaChoiceField(label=_("Place"), queryset=Area.objects.none())
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_places(self.fields["area"], scope)
        choices = [(token, str(window)) for token, window in official(scope.on) if window.first_day <= scope.on]
        self.fields["period"] = forms.ChoiceField(
            label=_("Period"), choices=[*choices, (OTHER_DAYS, _("other days, written below"))]
        )
        self.fields["from"] = day_field(_("First day"))
        self.fields["to"] = day_field(_("Last day"))
        self.today = scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("period") == OTHER_DAYS:
            self.check_days(cleaned)
        return cleaned

    def check_days(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("from"), cleaned.get("to")
        if not first or not last:
            raise ValidationError(_("Write the first and the last day of the report."))
        if last < first:
            self.add_error("to", _("The last day lies before the first day."))
        elif first > self.today:
            self.add_error("from", _("These days are still to come."))

    def token(self) -> str:
        """The official period's name; nothing for days of one's own."""
        period = str(self.cleaned_data["period"])
        return "" if period == OTHER_DAYS else period

    def window(self) -> Window:
        token = self.token()
        return periods.parse(token) if token else Window(self.cleaned_data["from"], self.cleaned_data["to"])


class FilterForm(forms.Form):
    """Which of the office's reports to show."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("every state")), *Step.choices], required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("every year")), *((year, str(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]


class BaseForm(forms.Form):
    """Says which version was on the screen, so that nobody acts on words they have not seen."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ParagraphForm(BaseForm):
    typed = forms.CharField(
        label=_("The paragraph"), widget=forms.Textarea(attrs={"rows": 8, "lang": "vi"}), max_length=8000,
        help_text=_("Figures stand in square brackets: move them or take them out, but do not change them."),
    )  # fmt: skip
    add = forms.ChoiceField(label=_("Put a figure at the end"), required=False)

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["add"].choices = [("", _("none")), *figures]  # type: ignore[attr-defined]


class SigningForm(BaseForm):
    signed_as = forms.CharField(
        label=_("Signs as"), max_length=80, help_text=_("A deputy writes the deputy's position; “KT.” is put above it.")
    )


class ReasonedForm(BaseForm):
    reason = forms.CharField(label=_("Reason"), max_length=300, min_length=5, help_text=_("one sentence is enough"))


class IssueForm(BaseForm):
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=LARGEST_NUMBER)
    issued_on = forms.DateField(
        label=_("Day of issue"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class LayoutForm(forms.Form):
    file = forms.FileField(
        label=_("Word file (.docx)"), max_length=120, widget=forms.ClearableFileInput(attrs={"accept": ".docx"})
    )
