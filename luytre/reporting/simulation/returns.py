"""Made-up returns, a month at a time and set-based: a nation's year in minutes."""

from django.db import connection, transaction

from luytre.areas.models import Level
from luytre.common.periods import Window
from luytre.reporting.models import FactSum, FactTop, Return, ReturnForm
from luytre.reporting.simulation import nation
from luytre.reporting.simulation import plan as plans
from luytre.reporting.simulation.chance import hashed, part, size
from luytre.reporting.simulation.forms import BEFORE, SINCE
from luytre.reporting.simulation.plan import FORM, Plan

SILENT = 50  # one unit in so many sends nothing
ROUGH = 50  # one return in so many knows a number only about
INSERT = """
INSERT INTO reporting_return (form_id, area_id, first_day, last_day, number, values, qualifiers, comments, seen,
                              seconds, sent_by_id, sent_at, first_sent_at)
SELECT {form}, id, '{first}', '{last}', 1, ARRAY[{values}]::bigint[],
       CASE WHEN (chance >> 7) % {rough} = 0
            THEN jsonb_build_object((ARRAY[{codes}])[1 + (chance >> 13) % {count}], 'about') END,
       NULL, NULL, 60 + (chance >> 5) % 840, {by}, sent_at, sent_at
FROM (
    SELECT id, {always} always, {chance} chance,
           '{last}'::date + interval '8 hours' + interval '1 minute' * ({chance} % 7200) sent_at
    FROM areas_area
    WHERE level = '{level}' AND {whose} AND valid_from <= '{last}' AND (valid_to IS NULL OR valid_to > '{last}')
) unit WHERE chance % {silent} <> 7
"""
STEPS = """
INSERT INTO reporting_returnstep (report_id, kind, number, at, by_id, reason)
SELECT id, 'sent', 1, sent_at, sent_by_id, '' FROM reporting_return WHERE form_id = %s AND last_day = %s
"""


def are_there(window: Window) -> bool:
    return Return.objects.filter(form__code=FORM, last_day=window.last_day).exists()


@transaction.atomic
def make(plan: Plan, window: Window) -> None:
    """All of a month or nothing of it; sums that do not know of it are no longer kept."""
    is_former = window.last_day < plans.REFORM
    form = ReturnForm.objects.get(code=FORM, version=BEFORE if is_former else SINCE)
    with connection.cursor() as cursor:
        cursor.execute(statement(plan, form, window, by=plans.account().pk))
        cursor.execute(STEPS, [form.pk, window.last_day])
        nation.note(f"{cursor.rowcount} {Return._meta.label} {window.last_day}")
    for model in (FactSum, FactTop):
        model._default_manager.all().delete()


def statement(plan: Plan, form: ReturnForm, window: Window, *, by: int) -> str:
    """The numbers follow from the unit's code, the month and the seed."""
    is_residential = form.level == Level.RESIDENTIAL
    return INSERT.format(
        form=form.pk,
        first=window.first_day,
        last=window.last_day,
        values=", ".join(value(plan, form, code, window) for code in form.codes),
        rough=ROUGH,
        codes=", ".join(f"'{code}'" for code in form.codes),
        count=len(form.codes),
        by=by,
        always=hashed("code", plan.seed),
        chance=hashed("code", plan.seed, f"{window.last_day}"),
        level=form.level,
        whose="is_sample" if is_residential else "NOT is_sample",
        silent=SILENT,
    )


def value(plan: Plan, form: ReturnForm, code: str, window: Window) -> str:
    """SQL: hundredths; a stock grows slowly, a flow is small and often nought, a weight has fractions."""
    months = (window.last_day - plans.REFORM).days // 30
    if form.stocks[form.codes.index(code)]:
        start = part("always", code, plan.seed, size(code, plan.seed, middle=20, most=400))
        return f"100 * ({start} + {months} * {part('always', f'{code} growth', plan.seed, 3)} / 6)"
    most = size(code, plan.seed, middle=6 if form.level == Level.RESIDENTIAL else 60, most=4000)
    return (
        part("chance", code, plan.seed, most * 100)
        if "_kg_" in code
        else f"100 * {part('chance', code, plan.seed, most)}"
    )
