"""What a new token may do: never more than its maker, and by itself only the reading of figures."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.api.models import LIFETIME, Token
from luytre.areas.models import Area, Scope
from luytre.ui.forms import FEW, AreaChoiceField, AreaInput

LIFETIMES = [(30, _("30 days")), (90, _("90 days")), (LIFETIME.days, _("one year"))]
FOR_PROGRAMS = (
    *(Permission.FIGURE_READ, Permission.SESSION_READ, Permission.SESSION_WRITE),
    *(Permission.REGISTER_READ, Permission.REGISTER_WRITE, Permission.RETURN_WRITE),
)


class TokenForm(forms.ModelForm[Token]):
    area = AreaChoiceField(
        Area.objects.none(),
        label=_("Only for this place"),
        required=False,
        help_text=_("code or name; empty: everywhere you serve"),
    )
    permissions = forms.MultipleChoiceField(
        label=_("What the program may do"), widget=forms.CheckboxSelectMultiple, initial=[Permission.FIGURE_READ]
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), coerce=int, choices=LIFETIMES, initial=90, help_text=_("the shorter, the safer")
    )

    class Meta:
        model = Token
        fields = ["name", "area", "permissions"]
        help_texts = {"name": _("for example: the province's data warehouse")}

    def __init__(self, *args: Any, user: User, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.scope = user, scope
        held = [one for one in FOR_PROGRAMS if user.may(one, on=scope.on)]
        choices: Any = self.fields["permissions"]
        choices.choices = [(one.value, one.label) for one in held]
        places: Any = self.fields["area"]
        places.queryset = Area.objects.within(scope).select_related("parent").order_by("path")
        if places.queryset[FEW : FEW + 1].count():
            places.widget = AreaInput(places.queryset[:400])

    def clean(self) -> dict[str, Any]:
        """A program without anything it may do would only ever be refused."""
        found = super().clean() or {}
        area, named = found.get("area"), found.get("permissions", [])
        if area and not any(self.user.scope(Permission(one), on=self.scope.on).covers(area.path) for one in named):
            raise ValidationError({"area": _("There you may do none of what is ticked.")})
        return found

    @property
    def lifetime(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
