"""What the address of a return means: which form, which unit, which window; LookupError where there is none."""

from luytre.areas.models import Scope
from luytre.common.periods import Window
from luytre.reporting import questions
from luytre.reporting.models import ReturnForm
from luytre.reporting.returns import sending, spans
from luytre.reporting.returns.paper import Errand


class NoSuchReturn(LookupError):
    """No form, unit or period of this name, or none within sight."""


def errand(form_code: str, area_code: str, token: str, *, scope: Scope) -> Errand:
    form, window = form_and_window(form_code, token)
    rows = questions.visible(scope).filter(code=area_code, level=form.level)
    area = rows.on(window.last_day).first()
    is_ahead = window.first_day > scope.on
    if area is None or is_ahead or not sending.is_asked_of(form, area, window):
        raise NoSuchReturn(area_code)
    return Errand(form, area, window)


def form_and_window(code: str, token: str) -> tuple[ReturnForm, Window]:
    """The version that was in force for the window."""
    for form in ReturnForm.objects.filter(code=code).select_related("area").order_by("-version"):
        try:
            return form, spans.read(form, token)
        except spans.NoSuchSpan:
            continue
    raise NoSuchReturn(f"{code} {token}")
