"""Small forms for tests."""

from datetime import date

from luytre.reporting import catalogue
from luytre.reporting.facts import slots
from luytre.reporting.models import Behaviour, ReturnForm


def form(*codes: str, **more) -> ReturnForm:
    given = {"code": "-".join(codes)[:50], "level": "commune", "every": "month", "valid_from": date(2015, 1, 1), **more}
    return ReturnForm.objects.create(
        vi_name="Biểu thử",
        en_name="Form on trial",
        codes=list(codes),
        slots=[slots.of(code) for code in codes],
        stocks=[catalogue.get(code).behaviour == Behaviour.STOCK for code in codes],
        **given,
    )
