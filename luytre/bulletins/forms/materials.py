"""Shape and cleaning of what people put into the materials library."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Level
from luytre.bulletins import files
from luytre.bulletins.files import Kept, OfAnotherKind, TooLarge
from luytre.bulletins.models import Kind, Material
from luytre.ui.forms import ReasonForm, ScopedForm


class MaterialForm(ScopedForm[Material]):
    area_levels = (Level.NATION, Level.PROVINCE, Level.COMMUNE)
    more = ("language", "licence", "expires_on")

    class Meta:
        model = Material
        fields = ["title", "kind", "topic", "area", "source_body", "summary", "language", "licence", "expires_on"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}


class VersionForm(forms.Form):
    """A file, a link or a text, as the kind of the material wants it."""

    upload = forms.FileField(label=_("File"))
    link = forms.URLField(
        label=_("Link"), max_length=400, assume_scheme="https", help_text=_("where the film can be seen")
    )
    text = forms.CharField(
        label=_("Text to read aloud"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("at most 90 words are heard to the end; no person is named or described"),
    )
    note = forms.CharField(label=_("What changed since the last version"), max_length=300, required=False)

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = material.kind
        wanted = {Kind.VIDEO: "link", Kind.SCRIPT: "text"}.get(Kind(self.kind), "upload")
        for name in {"upload", "link", "text"} - {wanted}:
            del self.fields[name]
        if wanted == "upload":
            endings = files.OF_KIND[self.kind]
            words = _("%(endings)s, at most 20 MB; put pictures into a PDF")
            self.fields["upload"].help_text = words % {"endings": ", ".join(one.upper() for one in endings)}
            self.fields["upload"].widget.attrs["accept"] = ",".join(f".{one}" for one in endings)

    def clean_upload(self) -> "UploadedFile[bytes]":
        upload: UploadedFile[bytes] = self.cleaned_data["upload"]
        try:
            files.check(upload, self.kind)
        except TooLarge:
            raise forms.ValidationError(_("The file is larger than 20 MB. Make it smaller.")) from None
        except OfAnotherKind:
            raise forms.ValidationError(
                _("This kind of file is not taken here. Save it as one of the kinds above.")
            ) from None
        return upload

    def said(self) -> dict[str, Any]:
        """As `Material.add_version` wants it; a file is on the disk by then."""
        given = dict(self.cleaned_data)
        upload = given.pop("upload", None)
        return {**given, "kept": self.stored(upload) if upload else None}

    def stored(self, upload: "UploadedFile[bytes]") -> Kept:
        return files.keep(upload.read(), upload.name or "")


class CheckedForm(ReasonForm):
    """What the second person has looked at before letting it out."""

    reason = forms.CharField(
        label=_("What did you check?"),
        max_length=300,
        min_length=5,
        help_text=_("for example: the facts, the sources, and that no person is named or described"),
    )


class WithdrawalForm(ReasonForm):
    """Why it no longer holds: told to the public."""
