"""From a file that came to returns that are sent: read in steps that may be broken off, each file written by itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from procrastinate.contrib.django import app

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Scope
from luytre.common.periods import Window
from luytre.reporting.models import Delivery, DeliveryLine, LineState, ReturnForm, WorkbookMapping
from luytre.reporting.returns import drafting, looking, sending, spans
from luytre.reporting.returns.paper import COMMENT, VALUE
from luytre.reporting.workbooks import judging, mappings, parsing, slips, words, zips
from luytre.reporting.workbooks.files import MAX_BYTES, Trouble, Unreadable
from luytre.reporting.workbooks.judging import Judged
from luytre.reporting.workbooks.parsing import Parsed
from luytre.reporting.workbooks.slips import Slip

LONGEST = 400  # characters of a cell or comment that are kept
READERS = (Permission.RETURN_WRITE, Permission.RETURN_APPROVE)


class TooLarge(Exception):
    """The file is larger than what is read at all."""


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "deliveries"


def path_of(delivery: Delivery) -> Path:
    return folder() / f"{delivery.pk}.bin"


def bring_in(file: File, *, office: Area, by: User, at: datetime, mapping: WorkbookMapping | None = None) -> Delivery:  # type: ignore[type-arg]
    """Keep the file until it is read. Raises TooLarge."""
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1][-200:]
    is_zip = name.lower().endswith(".zip")
    if (file.size or 0) > (zips.MAX_ZIP if is_zip else MAX_BYTES):
        raise TooLarge(name)
    one = Delivery(area=office, name=name, size=file.size or 0, is_zip=is_zip, mapping=mapping)
    with transaction.atomic():
        one.bring_in(by=by, at=at)
        folder().mkdir(parents=True, exist_ok=True)
        with path_of(one).open("wb") as kept:
            for some in file.chunks():
                kept.write(some)
    return one


def forget_files(*, before: datetime) -> int:
    """Files that nobody came back to; where the reading was never finished the delivery says so. How many it was."""
    stale = [path for path in folder().glob("*.bin") if path.stat().st_mtime < before.timestamp()]
    for path in stale:
        path.unlink(missing_ok=True)
    for one in Delivery.objects.unread_before(before):
        one.end_reading(at=before, trouble=str(words.TROUBLES[Trouble.BROKEN]))
    return len(stale)


def later(delivery: Delivery, task: str) -> None:
    """In the background; the lock keeps two from working on one delivery."""
    name = f"luytre.reporting.tasks.{task}"
    app.configure_task(name, lock=f"delivery-{delivery.pk}").defer(pk=delivery.pk)


def scope_of(delivery: Delivery, *, at: datetime) -> Scope:
    return delivery.by.scope(*READERS, on=at.date())


# reading


def read(delivery: Delivery, *, at: datetime) -> None:
    """What was read before a break is not read again; the file goes when all is read."""
    trouble, is_strange = "", False
    try:
        for some in parsed_chunks(delivery):
            add_lines(delivery, some, at=at)
            is_strange = not delivery.is_zip and any(one.tables for one in some)
    except Unreadable as problem:
        trouble = str(words.TROUBLES[problem.trouble])
    except FileNotFoundError:
        trouble = str(words.TROUBLES[Trouble.BROKEN])
    delivery.end_reading(at=at, trouble=trouble)
    if not (is_strange and delivery.lines.filter(form=None).exists()):
        path_of(delivery).unlink(missing_ok=True)


def wants_mapping(delivery: Delivery) -> bool:
    """A workbook in a layout that nobody has shown how to read: only its file stays until that was done."""
    return not delivery.is_being_read and delivery.mapping_id is None and path_of(delivery).is_file()


def read_again(delivery: Delivery, mapping: WorkbookMapping, *, at: datetime) -> None:
    """Through a reading that was kept just now."""
    delivery.lines.all().delete()
    delivery.read_by(mapping)
    read(delivery, at=at)


def parsed_chunks(delivery: Delivery) -> Iterator[Sequence[Parsed]]:
    path = path_of(delivery)
    if not delivery.is_zip:
        delivery.tell_total(1)
        yield [parsing.parse(delivery.name, path.read_bytes())]
        return
    names = zips.listing(path)
    delivery.tell_total(names.total)
    known = {name.split(" · ")[0] for name in delivery.lines.values_list("name", flat=True)}
    yield [Parsed(name, trouble) for name, trouble in names.refused if shown(name) not in known]
    left = [name for name in names.names if shown(name) not in known]
    yield from in_chunks(parsing.parse_all(path, left))


def in_chunks(found: Iterable[Parsed]) -> Iterator[list[Parsed]]:
    some: list[Parsed] = []
    for one in found:
        some.append(one)
        if len(some) == zips.A_CHUNK:
            yield some
            some = []
    if some:
        yield some


def shown(name: str) -> str:
    return zips.spelled(name)[-300:]


@transaction.atomic
def add_lines(delivery: Delivery, some: Sequence[Parsed], *, at: datetime) -> None:
    """A step of the reading: all its lines or none."""
    scope = scope_of(delivery, at=at)
    many = [one for parsed in some for one in slips_of(delivery, parsed, scope, at)]
    issued = [one for one in some if one.is_issued or one.trouble]
    many += slips.of_issued(issued)
    for slip in many:
        slip.name = shown(slip.name)
    zips.refuse_twice(many, known_keys(delivery))
    number = delivery.lines.count()
    judged = judging.judge(many, scope=scope, at=at)
    DeliveryLine.objects.bulk_create(line(delivery, place, one) for place, one in enumerate(judged, number + 1))


def known_keys(delivery: Delivery) -> dict[tuple[object, ...], str]:
    rows = delivery.lines.exclude(state=LineState.REFUSED).values_list("form__code", "area__code", "last_day", "name")
    return {(form, area, day): name for form, area, day, name in rows}


def line(delivery: Delivery, number: int, one: Judged) -> DeliveryLine:
    slip = one.slip
    return DeliveryLine(
        delivery=delivery,
        number=number,
        name=slip.name,
        state=one.state,
        form=slip.form,
        area=slip.area,
        first_day=slip.window.first_day if slip.window else None,
        last_day=slip.window.last_day if slip.window else None,
        base_number=slip.base_number,
        typed={code: text[:LONGEST] for code, text in slip.typed.items()},
        comments={code: text[:LONGEST] for code, text in slip.comments.items() if text.strip()},
        addresses=slip.addresses,
        findings=one.findings,
    )


# an office's own layout


def slips_of(delivery: Delivery, parsed: Parsed, scope: Scope, at: datetime) -> list[Slip]:
    """Of a workbook that the system did not issue: through the chosen reading, else through the first that fits."""
    if parsed.is_issued or parsed.trouble:
        return []
    for mapping in mappings_for(delivery):
        rule = mappings.rule_of(mapping.rule)
        if delivery.mapping_id or mappings.fits(parsed, rule):
            return reader(mapping.form_code, rule, scope, at).slips(parsed)
    return [slips.refused(parsed.name, words.TROUBLES[Trouble.NOT_OURS])]


def mappings_for(delivery: Delivery) -> list[WorkbookMapping]:
    if delivery.mapping:
        return [delivery.mapping]
    return list(WorkbookMapping.objects.filter(area=delivery.area))


def reader(form_code: str, rule: mappings.Rule, scope: Scope, at: datetime) -> mappings.Reader:
    form = ReturnForm.objects.filter(code=form_code).select_related("area").order_by("-version")[0]
    areas = Area.objects.filter(pk__in=Area.objects.standing_within(scope).values("pk"))
    return mappings.Reader(rule, form, areas, looking.latest_over(form, at.date()))


# sending


def send(delivery: Delivery, *, at: datetime) -> None:
    """Each file in its own transaction with its line, so that a break leaves none half done and none sent twice."""
    scope = delivery.by.scope(Permission.RETURN_WRITE, on=at.date())
    left = list(delivery.lines.to_send(delivery.comment).values_list("pk", flat=True))
    for start in range(0, len(left), zips.A_CHUNK):
        rows = DeliveryLine.objects.filter(pk__in=left[start : start + zips.A_CHUNK])
        lines = list(rows.select_related("form__area", "area"))
        many = [slip_of(one) for one in lines]
        judged = judging.judge(many, scope=scope, at=at, comment=delivery.comment, with_registers=True)
        for one, found in zip(lines, judged, strict=True):
            send_line(one, found, by=delivery.by, at=at)
    delivery.end_sending(at=at)


def slip_of(one: DeliveryLine) -> Slip:
    window = Window(one.first_day, one.last_day) if one.first_day and one.last_day else None
    return Slip(one.name, one.form, one.area, window, one.base_number, one.typed, one.comments, one.addresses)


@transaction.atomic
def send_line(one: DeliveryLine, found: Judged, *, by: User, at: datetime, base_number: int | None = None) -> LineState:
    state = LineState(found.state)
    if state == LineState.GOOD or (state == LineState.CONFLICT and base_number is not None):
        outcome = judging.send(found, by=by, at=at, base_number=base_number)
        if outcome.refused:
            return told(one, LineState.REFUSED, [["", "", "", str(outcome.refused)]])
        if outcome.changed:
            return told(one, LineState.CONFLICT, found.findings)
        state = LineState.SAME if outcome.is_same else LineState.SENT
    return told(one, state, found.findings)


def told(one: DeliveryLine, state: LineState, findings: Iterable[Iterable[str]]) -> LineState:
    one.become(state, findings)
    return state


# one file by one's own decision


def keep_as_draft(one: DeliveryLine, *, by: User, at: datetime) -> None:
    """What the file says goes into the draft of the form, right or wrong. Raises Locked."""
    slip = slip_of(one)
    if slip.form is None or slip.area is None or slip.window is None:
        raise ValueError("a file that says not whose it is makes no draft")
    typed = {VALUE + code: text for code, text in slip.typed.items() if code in slip.form.codes}
    typed |= {COMMENT + code: text for code, text in slip.comments.items()}
    report = sending.find(slip.form, slip.area, slip.window)
    number = report.number if report else 0
    drafting.keep(slip.form, slip.area, slip.window, typed, by=by, at=at, base_number=number)


def send_over(one: DeliveryLine, number: int, *, by: User, at: datetime, comment: str = "") -> LineState:
    """As a correction of the version that the person has seen."""
    scope = by.scope(Permission.RETURN_WRITE, on=at.date())
    [found] = judging.judge([slip_of(one)], scope=scope, at=at, comment=comment, with_registers=True)
    if found.checked and found.checked.unexplained:
        return told(one, LineState.CONFLICT, found.findings)
    return send_line(one, found, by=by, at=at, base_number=number)


def address(one: DeliveryLine) -> tuple[str, str, str]:
    slip = slip_of(one)
    if slip.form is None or slip.area is None or slip.window is None:
        raise ValueError("a file that says not whose it is has no page")
    return slip.form.code, slip.area.code, spans.token(slip.form, slip.window)
