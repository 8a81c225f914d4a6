"""Shape and cleaning of learning questions, and of checks that were made on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.activities.models import LearningQuestion
from luytre.areas.models import Level
from luytre.ui.forms import ScopedForm


class LearningQuestionForm(ScopedForm[LearningQuestion]):
    area_levels = (Level.NATION, Level.PROVINCE, Level.COMMUNE)

    class Meta:
        model = LearningQuestion
        fields = ["topic", "text", "first", "second", "third", "right", "area"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answers = [cleaned.get(name) for name in ("first", "second", "third")]
        if all(answers) and len(set(answers)) < len(answers):
            self.add_error("third", _("Two answers are the same. Write three different ones."))
        return cleaned


class PaperForm(forms.Form):
    """How many sheets came in before and after, and how many had each question right."""

    before = forms.IntegerField(label=_("Sheets handed in before"), min_value=0, max_value=9999)
    after = forms.IntegerField(label=_("Sheets handed in after"), min_value=0, max_value=9999)

    def __init__(self, *args: Any, questions: Sequence[LearningQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for number, question in enumerate(questions, 1):
            for moment, words in (("before", _("Right before")), ("after", _("Right after"))):
                self.fields[f"{moment}{question.pk}"] = forms.IntegerField(
                    label=f"{number}. {words}", help_text=question.text, min_value=0, max_value=9999
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for moment in ("before", "after"):
            most = cleaned.get(moment)
            for question in self.questions:
                right = cleaned.get(f"{moment}{question.pk}")
                if most is not None and right is not None and right > most:
                    self.add_error(
                        f"{moment}{question.pk}", _("More right answers than sheets. Correct one of the two.")
                    )
        return cleaned

    def sheets(self) -> tuple[int, int]:
        return self.cleaned_data["before"], self.cleaned_data["after"]

    def right(self) -> Mapping[int, tuple[int, int]]:
        given = self.cleaned_data
        return {one.pk: (given[f"before{one.pk}"], given[f"after{one.pk}"]) for one in self.questions}
