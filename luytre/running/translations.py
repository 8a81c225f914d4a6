"""Words of the screen: compiled without gettext's tools, and checked against the source for completeness."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
VIETNAMESE = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(r"""\b(_|gettext|ngettext|pgettext|npgettext)\((?=\s*u?['"])""")

Message = tuple[str, str, str]  # context, singular, plural


def compile_stale() -> bool:
    """Make the .mo of every language whose .po is newer."""
    done = False
    for source in PACKAGE.glob("locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
            part = target.with_suffix(".mo.part")
            polib.pofile(str(source)).save_as_mofile(str(part))  # type: ignore[no-untyped-call]
            part.replace(target)
            done = True
    return done


def used() -> dict[Message, str]:
    """Every message in the source, with the place that uses it first."""
    found: dict[Message, str] = {}
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix not in {".py", ".html", ".txt"} or "build" in file.parts:
            continue
        read = in_python if file.suffix == ".py" else in_template
        for message in read(file.read_text()):
            found.setdefault(message, str(file.relative_to(PACKAGE.parent)))
    return found


def in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from in_call(node)


def in_call(node: ast.Call) -> Iterator[Message]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if name in SINGULAR and words:
        yield "", words[0], ""
    elif name in PLURAL and len(words) >= 2:
        yield "", words[0], words[1]
    elif name in WITH_CONTEXT and len(words) >= 2:
        yield words[0], words[1], ""


def in_template(text: str) -> Iterator[Message]:
    """Django turns a template into something like Python; its calls are read one by one."""
    like_python = templatize(text)
    for match in CALL.finditer(like_python):
        if "npgettext" not in match[0]:
            yield from in_call(call_at(like_python, match.start()))


def call_at(text: str, start: int) -> ast.Call:
    """The shortest text from here to a closing bracket that is an expression."""
    end = start
    while True:
        end = text.index(")", end) + 1
        try:
            expression = ast.parse(text[start:end].replace("\n", " "), mode="eval").body
        except SyntaxError:
            continue
        if isinstance(expression, ast.Call):
            return expression


def faults(file: Path = VIETNAMESE) -> Iterator[str]:
    """What is missing, unfinished, doubtful or no longer used in the Vietnamese words."""
    known = {key(entry): entry for entry in polib.pofile(str(file)) if not entry.obsolete}  # type: ignore[no-untyped-call]
    wanted = used()
    for message, place in wanted.items():
        entry = known.get(message)
        if entry is None:
            yield f"{place}: no translation of {message[1]!r}"
        elif entry.fuzzy or not translated(entry):
            yield f"{place}: unfinished translation of {message[1]!r}"
        elif placeholders(entry.msgid_plural or entry.msgid) != placeholders(
            entry.msgstr_plural.get(0) or entry.msgstr
        ):
            yield f"{place}: other placeholders in the translation of {message[1]!r}"
    yield from (f"no longer used: {entry.msgid!r}" for one, entry in known.items() if one not in wanted)


def key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def translated(entry: polib.POEntry) -> str:
    """Vietnamese has one form for any number."""
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!%)%\(\w+\)[a-z]|\{\w+\}", text))


def add_missing(file: Path = VIETNAMESE) -> int:
    """Write the messages that lack an entry, empty, and drop those that are no longer used."""
    catalogue, wanted = polib.pofile(str(file), wrapwidth=110), used()  # type: ignore[no-untyped-call]
    known = {key(entry) for entry in catalogue}
    for entry in [entry for entry in catalogue if entry.obsolete or key(entry) not in wanted]:
        catalogue.remove(entry)
    missing = [message for message in wanted if message not in known]
    for context, singular, plural in missing:
        forms = {"msgid_plural": plural, "msgstr_plural": {0: ""}} if plural else {}
        catalogue.append(polib.POEntry(msgctxt=context or None, msgid=singular, **forms))  # type: ignore[no-untyped-call]
    catalogue.save()
    return len(missing)
