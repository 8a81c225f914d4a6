"""What is asked when a room is opened, and what people answer in it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from luytre.activities.models import LearningCheck, LearningQuestion, Topic
from luytre.activities.models.learning import ASKED
from luytre.areas.models import Area


class RoomForm(forms.Form):
    hours = forms.TypedChoiceField(label=_("Open for"), coerce=int, initial=4)
    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Three questions before and after"),
        required=False,
        empty_label=_("no questions this time"),
        help_text=_(
            "Only counts are kept, for the session as a whole. Topics with three approved questions stand here."
        ),
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = self.fields["hours"]
        if isinstance(hours, forms.TypedChoiceField):
            hours.choices = [(number, _("%(hours)d hours") % {"hours": number}) for number in (2, 4, 8)]
        topic = self.fields["topic"]
        if isinstance(topic, forms.ModelChoiceField):
            topic.queryset = topics_with_questions(area)


def topics_with_questions(area: Area) -> Any:
    approved = LearningQuestion.objects.approved().for_area(area)
    enough = approved.values("topic").annotate(count=Count("pk")).filter(count__gte=ASKED)
    return Topic.objects.filter(pk__in=enough.values("topic"))


class QuestionsForm(forms.Form):
    """Three questions; one may leave any of them open."""

    def __init__(self, *args: Any, check: LearningCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tally in check.lines:
            self.fields[f"q{tally.question_id}"] = forms.ChoiceField(
                label=tally.question.text,
                choices=[*tally.question.answers, ("", _("I do not know"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def answers(self) -> Mapping[int, str]:
        return {int(name.removeprefix("q")): answer for name, answer in self.cleaned_data.items()}
