"""What the ministry fills in to change a clock or a working day."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from luytre.areas.models import Area, Level, Scope
from luytre.reporting.forms import day_field
from luytre.tips.clock_rules import Rule
from luytre.tips.models import ClockSetting, DayOff

MOST_DAYS = 100


class RuleForm(forms.ModelForm[ClockSetting]):
    class Meta:
        model = ClockSetting
        fields = ["length", "unit", "is_doubled_when_remote", "is_used", "basis"]


def of_rule(rule: Rule, data: Any) -> RuleForm:
    """Shows the rule as it is; what is saved stands in its place from then on."""
    setting = ClockSetting.objects.filter(pk=rule.code).first() or ClockSetting(
        code=rule.code,
        length=rule.length,
        unit=rule.unit,
        is_doubled_when_remote=rule.is_doubled_when_remote,
        is_used=rule.is_used,
        basis=rule.basis,
    )
    return RuleForm(data, instance=setting)


class DayOffForm(forms.ModelForm[DayOff]):
    day = day_field(DayOff._meta.get_field("day").verbose_name)

    class Meta:
        model = DayOff
        fields = ["day", "area", "is_worked", "basis"]

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].required = True
        provinces = Area.objects.within(scope).filter(level=Level.PROVINCE).order_by("name")
        self.fields["area"].queryset = provinces  # type: ignore[attr-defined]


def days_of(scope: Scope) -> QuerySet[DayOff]:
    inside = Q(area=None) | Q(area__in=Area.objects.standing_within(scope))
    return DayOff.objects.filter(inside).select_related("area")[:MOST_DAYS]
