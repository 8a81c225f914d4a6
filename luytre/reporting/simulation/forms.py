"""The form of the made-up returns: typed numbers of the catalogue that add over places, flows and stocks."""

from datetime import date

from luytre.areas.models import Level
from luytre.reporting import catalogue, indicators
from luytre.reporting.facts import slots
from luytre.reporting.models import AreaRule, Behaviour, Definition, ReturnForm
from luytre.reporting.models.returns import Every
from luytre.reporting.simulation.plan import FORM, MARK, REFORM, Plan

SHARE_OF_STOCKS = 5  # every fifth number is a state at the end, as in the catalogue's typed part
BEFORE, SINCE = 1, 2  # versions: former communes, residential areas


def codes(count: int) -> list[str]:
    """So many typed codes in the catalogue's order; stocks among them in the catalogue's own share."""
    typed = [one for one in catalogue.definitions().values() if is_typed(one)]
    stocks = [one.code for one in typed if one.behaviour == Behaviour.STOCK][: count // SHARE_OF_STOCKS]
    flows = [one.code for one in typed if one.behaviour == Behaviour.FLOW][: count - len(stocks)]
    wanted = {*stocks, *flows}
    return [one.code for one in typed if one.code in wanted]


def is_typed(one: Definition) -> bool:
    return one.area_rule == AreaRule.SUM and one.behaviour != Behaviour.RATIO and one.code not in indicators.INDICATORS


def make(plan: Plan) -> dict[int, ReturnForm]:
    """Both versions; those that are there stay as they are."""
    return {BEFORE: former(plan), SINCE: present(plan)}


def former(plan: Plan) -> ReturnForm:
    """What the communes of that time told: what happened, not what there was."""
    flows = [code for code in codes(plan.indicators) if not is_stock(code)]
    return form(BEFORE, flows, level=Level.COMMUNE, valid_from=date(2015, 1, 1), valid_to=REFORM)


def present(plan: Plan) -> ReturnForm:
    return form(SINCE, codes(plan.indicators), level=Level.RESIDENTIAL, valid_from=REFORM)


def form(version: int, wanted: list[str], **more: object) -> ReturnForm:
    found, _made = ReturnForm.objects.get_or_create(
        code=FORM,
        version=version,
        defaults={
            "vi_name": f"Biểu mô phỏng hằng tháng {MARK}",
            "en_name": "Simulated monthly return (sample)",
            "every": Every.MONTH,
            "codes": wanted,
            "slots": [slots.of(code) for code in wanted],
            "stocks": [is_stock(code) for code in wanted],
            "layout": [{"vi": "Số liệu mô phỏng", "en": "Simulated figures", "codes": wanted}],
            "is_sample": True,
            **more,
        },
    )
    return found


def is_stock(code: str) -> bool:
    return catalogue.get(code).behaviour == Behaviour.STOCK
