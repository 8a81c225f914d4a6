"""The records behind one number: what was counted, for those who may read it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import periods
from luytre.reporting import catalogue, indicators, questions
from luytre.reporting.exploring import behind, said
from luytre.reporting.exploring.behind import Behind
from luytre.reporting.models import Definition
from luytre.reporting.questions import Question
from luytre.reporting.views.asking import explained
from luytre.reporting.views.exploring import reader
from luytre.ui.components import Column
from luytre.ui.kit import traces

PAGE = 50


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def show(request: StaffRequest, code: str) -> HttpResponse:
    try:
        definition = questions.definition(catalogue.get(code).code)
    except catalogue.NoSuchIndicator as missing:
        raise Http404(code) from missing
    usual = periods.month_of(timezone.localdate())
    question = questions.ask(request.GET.dict(), scope=request.scope, default=usual)
    context = {
        "definition": definition,
        "question": question,
        "figure": question.reading().figure(code),
        "parts": parts(definition, question),
        "blocks": blocks(request, definition, question),
        **typed(request, definition, question),
    }
    return render(request, "reporting/records.html", context)


def parts(definition: Definition, question: Question) -> list[tuple[Definition, str]]:
    """A ratio has no records of its own: the two counts that it is made of, with their pages."""
    needed = [catalogue.get(code) for code in indicators.needs(definition)]
    if needed == [definition]:
        return []
    return [(one, behind.url(one, question.area, question.window, question.territory)) for one in needed]


def blocks(request: StaffRequest, definition: Definition, question: Question) -> list[dict[str, Any]]:
    """Each register on its own, a page at a time."""
    if indicators.needs(definition) != [definition.code] or definition.code not in indicators.INDICATORS:
        return []
    found = behind.sources(definition, question, reader(request))
    return [block(request, number, one) for number, one in enumerate(found, 1)]


def typed(request: StaffRequest, definition: Definition, question: Question) -> dict[str, Any]:
    """What units wrote in their returns, where the number is a typed one."""
    if definition.code not in indicators.typed():
        return {}
    found = said.of(definition, question)
    page = Paginator(found, PAGE).get_page(request.GET.get("typed"))
    return {
        "typed": {
            "page": page,
            "columns": said.columns(definition),
            "rows": [one.line() for one in page.object_list],
            "previous": moved(request.GET.copy(), "typed", page.number - 1),
            "next": moved(request.GET.copy(), "typed", page.number + 1),
        }
    }


def block(request: StaffRequest, number: int, source: Behind) -> dict[str, Any]:
    name = "page" if number == 1 else f"page{number}"
    page = Paginator(source.rows, PAGE).get_page(request.GET.get(name))
    if source.register:
        traces.listed(source.register, page.object_list, by=request.user)
    query = request.GET.copy()
    columns = [Column(label, number=is_number) for label, is_number in source.headings()]
    return {
        "source": source,
        "page": page,
        "previous": moved(query, name, page.number - 1),
        "next": moved(query, name, page.number + 1),
        "columns": columns,
        "rows": [source.line(row) for row in page.object_list],
    }


def moved(query: QueryDict, name: str, number: int) -> str:
    query[name] = str(number)
    return f"?{query.urlencode()}"
