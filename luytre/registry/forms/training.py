"""What is asked about trainings."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luytre.registry.forms.endings import is_to_come
from luytre.registry.forms.members import day_field
from luytre.registry.models import Member, Training, TrainingTopic
from luytre.ui.forms import FoldedCheckboxes, ScopedForm


class TrainingForm(ScopedForm[Training]):
    class Meta:
        model = Training
        fields = ["held_on", "area", "place", "topics", "attendance", "given_by"]
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if is_to_come(self, cleaned.get("held_on")):
            self.add_error("held_on", _("This day is still to come. Record the training when it has been held."))
        return cleaned


class AttendanceForm(forms.Form):
    """Who of the members was there."""

    members = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("Members who were there"), widget=FoldedCheckboxes
    )

    def __init__(self, *args: Any, members: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = members


class TrainedForm(forms.Form):
    """One member was trained in some topics, elsewhere or before the register began."""

    held_on = day_field(_("Trained on"))
    topics = forms.ModelMultipleChoiceField(
        TrainingTopic.objects.all(), label=_("Topics"), widget=forms.CheckboxSelectMultiple
    )
