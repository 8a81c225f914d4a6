"""The plain page's questions, all on one page."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.tips.models import Desk, Matter, Settled

LONG = 20_000
SHORT = 1_000
FEW = 12  # so many desks are shown without a search
FEEDBACK = "feedback"


class FileInput(forms.ClearableFileInput):
    """Takes several; its name makes it look as every file field."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        return [one(file, initial) for file in data if file] if isinstance(data, list | tuple) else []


def long_words(label: Any, help_text: Any = "", *, rows: int = 4, most: int = SHORT, required: bool = False) -> Any:
    attrs = {"rows": rows, "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most, widget=forms.Textarea(attrs)
    )


def short_words(label: Any, help_text: Any = "") -> Any:
    attrs = {"autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=200, widget=forms.TextInput(attrs)
    )


class PlainForm(forms.Form):
    """Everything at once: no cookie and no session carries anything from one page to the next."""

    number = forms.CharField(widget=forms.HiddenInput)
    place = short_words(_("Commune or ward, or province"), _("Tone marks are not needed. Then press “Find the desk”."))
    desk = forms.ChoiceField(label=_("Who shall read it?"), widget=forms.RadioSelect)
    matter = forms.ChoiceField(label=_("What is it about?"))
    text = long_words(
        _("What happened?"),
        _("Say what was done, step by step. Leave out what somebody looks like, believes or where they come from."),
        rows=8,
        most=LONG,
        required=True,
    )
    exact = short_words(_("Where exactly?"))
    when = short_words(_("When?"))
    how = short_words(_("How do you know?"))
    persons = long_words(
        _("Does it matter who did it?"), _("What they did, how they can be told apart: clothes, vehicle, number plate.")
    )
    attached = FilesField(
        label=_("Photos and other files"),
        required=False,
        help_text=_(
            "All together at most 20 MB. Photos are made anew, so that place and time stay behind;"
            " other files go as they are."
        ),
    )
    name = short_words(
        _("Your name, if you want to give it"), _("Sealed apart. Two people must agree, and give a reason, to read it.")
    )
    contact = short_words(_("How you can be reached"))

    def __init__(self, *args: Any, desks: list[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {str(one.pk): one for one in desks}
        self.fields["desk"].choices = [(pk, one.name) for pk, one in self.desks.items()]  # type: ignore[attr-defined]
        matters = [("", _("Choose")), *Matter.choices, (FEEDBACK, _("Feedback on how things are done"))]
        self.fields["matter"].choices = matters  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        try:
            return str(uuid.UUID(self.cleaned_data["number"], version=4))
        except ValueError as error:
            raise forms.ValidationError(_("Open the page anew and write there.")) from error

    def told(self, language: str) -> dict[str, Any]:
        """As the other page tells it: `scripts/seal/tip.js` has the keys."""
        said, desk = self.cleaned_data, self.desks[self.cleaned_data["desk"]]
        matter = said["matter"]
        kind = FEEDBACK if matter == FEEDBACK else "place" if matter == Matter.PLACES else "tip"
        return {
            "kind": kind,
            "matter": "" if kind == FEEDBACK else matter,
            "urgent": False,
            "text": said["text"],
            "where": {"area": desk.area.code, "name": said["place"], "exact": said["exact"]},
            **{name: said[name] for name in ("when", "how", "persons")},
            "desk": str(desk.pk),
            "language": language,
        }

    @property
    def identity(self) -> dict[str, str] | None:
        said = {name: self.cleaned_data[name] for name in ("name", "contact")}
        return said if any(said.values()) else None


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your ten words"),
        help_text=_("With or without tone marks, in any case."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )


class AnswerForm(forms.Form):
    code = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = long_words(_("Your message"), rows=5, most=LONG)
    attached = FilesField(label=_("Photos and other files"), required=False)
    settled = forms.ChoiceField(
        label=_("Is it settled?"), required=False, choices=Settled.choices, widget=forms.RadioSelect
    )
    above = forms.ChoiceField(label=_("To whom?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, above: list[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["above"].choices = [(str(one.pk), one.name) for one in above]  # type: ignore[attr-defined]
