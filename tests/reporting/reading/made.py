"""Files as offices and others make them, made anew for each test."""

import io
import zipfile
from collections.abc import Iterable, Mapping

import docx
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image, ImageDraw

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SENTENCE = (
    "Trong quý, Công an xã đã phối hợp với Mặt trận Tổ quốc và các đoàn thể tổ chức được 2.135 buổi tuyên truyền với "
    "138.583 lượt người tham gia; vận động nhân dân giao nộp 12 khẩu súng tự chế và 5 vũ khí thô sơ."
)


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def word_with_fonts(*runs: tuple[str, str]) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in runs:
        paragraph.add_run(text).font.name = font
    return saved(document)


def element(tag: str, *children, **attributes: str):
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def zipped(
    parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]], how: int = zipfile.ZIP_DEFLATED
) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", how) as target:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            target.writestr(name, content)
    return kept.getvalue()


def raw_word(body: str, head: str = "") -> bytes:
    """A Word file of which only the main part is there."""
    return zipped({"word/document.xml": f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"})


def open_document(body: str, **more: str) -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def pdf(markup: str, *, size: str = "12pt", head: str = "none", numbers: str = "none") -> bytes:
    setting = (
        f"#set page(width: 210mm, height: 297mm, numbering: {numbers}, header: {head})\n"
        f'#set text(size: {size}, lang: "vi")\n'
        "#set par(justify: true, first-line-indent: (amount: 1cm, all: true))\n"
    )
    return typst.compile((setting + markup).encode(), ignore_system_fonts=True, format="pdf")


def plain_pdf(content: bytes, *, font: str = "Helvetica", trailer: bytes = b"") -> bytes:
    """One page written by hand, with letters as the bytes given."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding >>" % font.encode(),
    ]
    told, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(told))
        told += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(told)
    told += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return told + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def shown(text: bytes) -> bytes:
    """What draws such letters on a page."""
    escaped = text.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F 12 Tf 72 700 Td (%s) Tj ET" % escaped


def scan(pages: int = 1) -> bytes:
    pictures = [Image.new("L", (600, 800), "white") for _ in range(pages)]
    for picture in pictures:
        ImageDraw.Draw(picture).text((50, 50), "Bao cao", fill=0)
    kept = io.BytesIO()
    pictures[0].save(kept, "PDF", save_all=True, append_images=pictures[1:])
    return kept.getvalue()
