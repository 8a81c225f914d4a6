"""Forms about accounts, cut to the administrator's area."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import Assignment, User
from luytre.accounts.models.people import tidy_name
from luytre.accounts.roles import GRANTS, Role
from luytre.administration import words
from luytre.areas.models import Area, Level, Scope
from luytre.audit.models import AuditEntry
from luytre.ui.forms import AreaChoiceField, ScopedForm

EVERY_LEVEL = (Level.NATION, Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL)
GIVEN_HERE = [("", _("choose")), *[(role.value, role.label) for role in Role if role != Role.AUDITOR]]


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


def check_level(form: forms.Form | forms.ModelForm[Any], role: str | None, area: Area | None) -> None:
    if role and area and area.level not in GRANTS[role].levels:
        levels = ", ".join(str(Level(one).label) for one in GRANTS[role].levels)
        form.add_error("area", _("This role is given at: %(levels)s.") % {"levels": levels})


class RoleFields(forms.ModelForm[Any]):
    """A role and the area it is given in."""

    role = forms.ChoiceField(label=_("Role"), choices=GIVEN_HERE)
    area = AreaChoiceField(queryset=Area.objects.all(), label=_("Area"))

    area_levels = EVERY_LEVEL

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_level(self, cleaned.get("role"), cleaned.get("area"))
        return cleaned


class AccountForm(ScopedForm[Any], RoleFields):
    phone = forms.CharField(
        label=_("Phone number"), max_length=24, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )

    class Meta:
        model = User
        fields = ["full_name", "username", "phone", "position"]

    area_levels = EVERY_LEVEL

    def clean_username(self) -> str:
        return tidy_name(self.cleaned_data["username"])

    def clean_phone(self) -> str | None:
        return tidy_name(self.cleaned_data["phone"] or "") or None


class AssignmentForm(ScopedForm[Any], RoleFields):
    class Meta:
        model = Assignment
        fields = ["role", "area", "valid_from", "valid_to"]

    area_levels = EVERY_LEVEL

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and end and end <= first:
            self.add_error("valid_to", _("This day must come after the first."))
        return cleaned


class EndForm(forms.Form):
    on = day_field(_("The first day without this role"))


class ResetForm(forms.Form):
    second_step_too = forms.BooleanField(
        label=_("Also remove the authenticator app and the passkeys"),
        help_text=_("when the phone is lost; ask the person face to face first"),
        required=False,
    )


class StandInForm(forms.Form):
    stand_in = forms.CharField(label=_("Who stands in"), help_text=_("the user name or phone number of their account"))
    first = day_field(_("First day"))
    last = day_field(_("Last day"))

    def __init__(self, *args: Any, scope: Scope, absent: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.absent = scope, absent

    def clean_stand_in(self) -> User:
        found: User | None = User.objects.within(self.scope).called(self.cleaned_data["stand_in"])
        if found is None or found == self.absent:
            raise forms.ValidationError(_("There is no other account of that name in your area."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day must not come before the first."))
        if last and last < timezone.localdate():
            self.add_error("last", _("These days are over."))
        return cleaned

    def days(self) -> dict[str, Any]:
        """Who, and a half-open range: the day after the last is no longer part of it."""
        asked = self.cleaned_data
        return {"stand_in": asked["stand_in"], "first": asked["first"], "end": asked["last"] + timedelta(days=1)}


class PeopleFilter(forms.Form):
    """What hides rows of the list of accounts."""

    q = forms.CharField(label=_("Name, user name or phone number"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all")), *[(role.value, role.label) for role in Role]]
    )
    area = AreaChoiceField(queryset=Area.objects.none(), label=_("Area"), required=False, widget=forms.TextInput())
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), ("suspended", _("suspended"))])

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data)
        self.scope = scope
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            area.queryset = Area.objects.within(scope).select_related("parent")

    def rows(self) -> Any:
        self.is_valid()
        asked = self.cleaned_data
        rows = User.objects.within(self.scope)
        if asked.get("q"):
            rows = rows.matching(asked["q"])
        if asked.get("role"):
            rows = rows.holding(asked["role"], on=self.scope.on)
        if asked.get("area"):
            rows = rows.serving_in(asked["area"], on=self.scope.on)
        return rows.suspended() if asked.get("state") else rows

    @property
    def active(self) -> int:
        return sum(1 for value in getattr(self, "cleaned_data", {}).values() if value)


class TrailFilter(forms.Form):
    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)
    actor = forms.CharField(
        label=_("By"), required=False, help_text=_("a user name, an account's number, or the name of a command")
    )
    verb = forms.ChoiceField(label=_("Act"), required=False)
    kind = forms.ChoiceField(label=_("Kind of record"), required=False)
    record = forms.CharField(label=_("Number of the record"), required=False, max_length=40)

    def __init__(self, data: Any, *, scope: Scope) -> None:
        super().__init__(data)
        self.scope = scope
        self.choose("verb", {code: str(label) for code, label in words.VERBS.items()})
        kinds = AuditEntry.objects.within(scope).order_by().values_list("subject_type", flat=True).distinct()
        self.choose("kind", {label: words.kind(label) for label in kinds})

    def choose(self, name: str, labels: dict[str, str]) -> None:
        choices = sorted(labels.items(), key=lambda one: one[1])
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("all")), *choices]

    def rows(self) -> Any:
        self.is_valid()
        asked = self.cleaned_data
        lookups = {"since": "at__date__gte", "until": "at__date__lte", "verb": "verb", "kind": "subject_type"}
        lookups["record"] = "subject_id"
        chosen = {lookup: asked[name] for name, lookup in lookups.items() if asked.get(name)}
        if asked.get("actor"):
            found = User.objects.called(asked["actor"])
            chosen["actor"] = str(found.pk) if found else asked["actor"]
        return AuditEntry.objects.within(self.scope).filter(**chosen).order_by("-at", "-pk")

    @property
    def in_use(self) -> list[str]:
        return [name for name, value in getattr(self, "cleaned_data", {}).items() if value]
