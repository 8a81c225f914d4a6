"""What an uploaded layout must be before it is used: a plain Word file whose fields are all known."""

import re
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO

import docx
from docx.oxml.ns import qn
from jinja2 import nodes
from jinja2.exceptions import TemplateError
from lxml import etree  # type: ignore[import-untyped]

from luytre.reporting.documents.layouts import GROUPS, environment

LARGEST_FILE = 2 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 24 * 1024 * 1024
LARGEST_TEXT = 1024 * 1024  # the main text alone: filling it takes time that grows with it
MOST_PARTS = 400
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FORBIDDEN = re.compile(r"vbaProject|vbaData|activeX|embeddings/|oleObject|attachedTemplate|externalLink", re.IGNORECASE)
FIELD_CODES = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|MACROBUTTON|IMPORT|DATABASE)\b", re.IGNORECASE
)
RENDERED = re.compile(r"^word/(document|header\d*|footer\d*|footnotes)\.xml$|^docProps/core\.xml$")
SAFE = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If, nodes.Not, nodes.And,
        nodes.Or)  # fmt: skip
PREFIX = re.compile(r"(\{[{%#])(?:p|tr|tc|r)\s")
BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class BadLayout(ValueError):
    """`why` names the reason, `what` the part, field or link, `where` the paragraph that has it."""

    def __init__(self, why: str, what: str = "", where: str = "") -> None:
        super().__init__(f"{why} {what} {where}")
        self.why, self.what, self.where = why, what, where


def check(name: str, content: bytes, *, fields: Collection[str], codes: Collection[str]) -> None:
    """Raises BadLayout at the first thing that is wrong; opens nothing before its size is known."""
    if name.lower().endswith(".docm"):
        raise BadLayout("macros", name)
    if not name.lower().endswith(".docx"):
        raise BadLayout("not_word", name)
    if len(content) > LARGEST_FILE:
        raise BadLayout("too_large")
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            check_parts(parts)
            check_links(parts)
            paragraphs = [words for part in parts.namelist() if RENDERED.match(part) for words in texts(parts, part)]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise BadLayout("not_word", name) from broken
    check_opens(content, name)
    check_fields(paragraphs, fields=fields, codes=codes)


def check_parts(parts: zipfile.ZipFile) -> None:
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise BadLayout("bomb")
    for entry in entries:
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            raise BadLayout("not_word", entry.filename)
        if FORBIDDEN.search(entry.filename):
            raise BadLayout("macros", entry.filename)
        if entry.filename == "word/document.xml" and entry.file_size > LARGEST_TEXT:
            raise BadLayout("too_large", entry.filename)
    kinds = xml(parts, "[Content_Types].xml")
    main = [one.get("ContentType") for one in kinds.iter("{*}Override") if one.get("PartName") == "/word/document.xml"]
    if main != [MAIN]:
        raise BadLayout("macros" if main and "macroEnabled" in (main[0] or "") else "not_word", "word/document.xml")


def check_links(parts: zipfile.ZipFile) -> None:
    """Nothing from outside: no remote picture, no attached template, no link that a reader's Word would follow."""
    for part in parts.namelist():
        if part.endswith(".rels"):
            for relation in xml(parts, part).iter("{*}Relationship"):
                if relation.get("TargetMode") == "External":
                    raise BadLayout("link", relation.get("Target") or "")
                if FORBIDDEN.search(relation.get("Type") or ""):
                    raise BadLayout("macros", relation.get("Target") or "")
        elif part.endswith(".xml"):
            check_field_codes(xml(parts, part))


def check_field_codes(root: "etree._Element") -> None:
    codes = [node.text or "" for node in root.iter(qn("w:instrText"))]
    codes += [node.get(qn("w:instr")) or "" for node in root.iter(qn("w:fldSimple"))]
    if found := FIELD_CODES.search(" ".join(codes)):
        raise BadLayout("link", found[0])


def xml(parts: zipfile.ZipFile, name: str) -> "etree._Element":
    """Without entities, whatever the part declares."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(parts.read(name), parser)
    except (KeyError, etree.XMLSyntaxError) as broken:
        raise BadLayout("not_word", name) from broken
    if root.getroottree().docinfo.doctype:
        raise BadLayout("not_word", name)
    return root


def texts(parts: zipfile.ZipFile, name: str) -> Iterator[str]:
    """What is rendered, a paragraph at a time."""
    root = xml(parts, name)
    if name.startswith("docProps"):
        yield from (node.text or "" for node in root.iter() if node.text)
        return
    for paragraph in root.iter(qn("w:p")):
        yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def check_opens(content: bytes, name: str) -> None:
    try:
        docx.Document(BytesIO(content))
    except Exception as broken:  # python-docx has no error of its own for a file it cannot make sense of
        raise BadLayout("not_word", name) from broken


def check_fields(paragraphs: list[str], *, fields: Collection[str], codes: Collection[str]) -> None:
    for paragraph in paragraphs:
        for found in BRACES.findall(paragraph):
            check_field(found, paragraph, fields=fields, codes=codes)
    whole = "\n".join(PREFIX.sub(r"\1 ", paragraph) for paragraph in paragraphs)
    try:
        environment().parse(whole)
    except TemplateError as broken:
        raise BadLayout("syntax", str(broken.message), line_of(whole, getattr(broken, "lineno", 0))) from broken
    bodies = [paragraph for paragraph in paragraphs if re.search(r"\{\{\s*body\s*\}\}", paragraph)]
    if len(bodies) != 1:
        raise BadLayout("body", str(len(bodies)))
    for paragraph in paragraphs:
        if re.search(r"\{\{\s*(body|annexes)\s*\}\}\s*\S|\S\s*\{\{\s*(body|annexes)\s*\}\}", paragraph):
            raise BadLayout("alone", paragraph.strip()[:120], paragraph.strip()[:120])


def check_field(found: str, paragraph: str, *, fields: Collection[str], codes: Collection[str]) -> None:
    """Only names, and asking whether a name has anything: no calls, no loops, no attributes of attributes."""
    where = paragraph.strip()[:120]
    body = PREFIX.sub(r"\1 ", found)
    if found.startswith("{%"):
        words = body[2:-2].strip(" -").split(maxsplit=1)
        if words and words[0] in ("else", "endif"):
            return
        if not words or words[0] not in ("if", "elif"):
            raise BadLayout("block", found, where)
        body = f"{{% if {words[1] if len(words) > 1 else ''} %}}{{% endif %}}"
    if found.startswith("{#"):
        return
    try:
        tree = environment().parse(body)
    except TemplateError as broken:
        raise BadLayout("syntax", found, where) from broken
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, SAFE):
            raise BadLayout("block", found, where)
    check_names(tree, found, where, fields=fields, codes=codes)


def check_names(
    tree: nodes.Template, found: str, where: str, *, fields: Collection[str], codes: Collection[str]
) -> None:
    groups = {id(node.node) for node in tree.find_all(nodes.Getattr)}
    for node in tree.find_all(nodes.Getattr):
        if not (isinstance(node.node, nodes.Name) and node.node.name in GROUPS and node.attr in codes):
            raise BadLayout("unknown", found.strip("{}% "), where)
    for name in tree.find_all(nodes.Name):
        if id(name) not in groups and name.name not in fields:
            raise BadLayout("unknown", name.name, where)


def line_of(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1].strip()[:120] if 0 < number <= len(lines) else ""
