"""What an office may write into its Word layout, why a file is refused, and putting one into use."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.reporting import catalogue
from luytre.reporting.documents import layout_check
from luytre.reporting.documents.layout_check import LARGEST_FILE, BadLayout
from luytre.reporting.models.layouts import ReportLayout

FIELDS = {
    "body": gettext_lazy("all paragraphs and the table; stands alone in a line, once"),
    "annexes": gettext_lazy("the annexes, each on a page of its own; stands alone in a line"),
    "superior_body": gettext_lazy("the body above"),
    "issuing_body": gettext_lazy("the office that reports"),
    "state": gettext_lazy("the name of the State"),
    "motto": gettext_lazy("its motto"),
    "number": gettext_lazy("number and symbol"),
    "place_and_date": gettext_lazy("place and day"),
    "draft": gettext_lazy("the word for a draft; empty once issued"),
    "type_name": gettext_lazy("kind of document"),
    "subject": gettext_lazy("what it is about"),
    "recipients": gettext_lazy("to whom it goes, a line each"),
    "authority": gettext_lazy("the lines above the position of who signs"),
    "position": gettext_lazy("position of who signs"),
    "signer": gettext_lazy("name of who signs"),
}
EXAMPLES = {
    "figures.outreach_sessions": gettext_lazy("a figure of this period, by its code in the catalogue"),
    "last_year.outreach_sessions": gettext_lazy("the same window of last year"),
    "changes.outreach_sessions": gettext_lazy("more, fewer or unchanged"),
}


def fields() -> list[tuple[str, str]]:
    """As they are typed into the file, and what each is filled with."""
    return [(f"{{{{ {name} }}}}", str(words)) for name, words in {**FIELDS, **EXAMPLES}.items()]


def put(area: Area, *, name: str, content: bytes, by: User, at: datetime) -> ReportLayout:
    """Raises BadLayout; nothing is kept then."""
    layout_check.check(name, content, fields=FIELDS, codes=catalogue.definitions())
    return ReportLayout(area=area, name=name[-120:], content=content).put(by=by, at=at)


def again(area: Area, earlier: ReportLayout | None, *, by: User, at: datetime) -> ReportLayout:
    """An earlier layout, or without one the standard, goes on top."""
    name, content = (earlier.name, earlier.content) if earlier else ("", b"")
    return ReportLayout(area=area, name=name, content=content).put(by=by, at=at)


def explained(bad: BadLayout) -> str:
    """What is wrong and what to do, in words for who made the file."""
    told = {"what": bad.what, "where": bad.where, "size": LARGEST_FILE // 1024 // 1024}
    return REASONS[bad.why]() % told


REASONS = {
    "not_word": lambda: _(
        "This is no Word file (.docx) that can be opened: “%(what)s”. Save it again in Word as .docx."
    ),
    "macros": lambda: _(
        "The file carries a program inside (“%(what)s”). Save it as a plain .docx without macros or objects."
    ),
    "too_large": lambda: _("The file is larger than %(size)d MB. Make its pictures smaller."),
    "bomb": lambda: _("The file unpacks to far more than a layout needs. Save it again in Word."),
    "link": lambda: _(
        "The file fetches something from outside: “%(what)s”. Put pictures in themselves, and remove links."
    ),
    "syntax": lambda: _("A field is not closed or not understood: “%(what)s” in the paragraph “%(where)s”."),
    "block": lambda: _(
        "Only fields, and asking whether a field has anything, are allowed, not “%(what)s” in “%(where)s”."
    ),
    "unknown": lambda: _("There is no field “%(what)s”; it stands in the paragraph “%(where)s”. See the list below."),
    "body": lambda: _("The field {{ body }} must stand in the file once; it stands there %(what)s times."),
    "alone": lambda: _("The fields {{ body }} and {{ annexes }} stand alone in their line, not in “%(where)s”."),
}
