"""The text of a PDF, page by page, with where each line stands; pages that are pictures can be given to tesseract."""

import ctypes
import time
from collections.abc import Iterator
from functools import lru_cache
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from luytre.reporting.reading import legacy, page_lines, scans
from luytre.reporting.reading.files import MAX_PAGES, MAX_TEXT, Found, Kind, Note, Refused, Trouble
from luytre.reporting.reading.legacy import Letters
from luytre.reporting.reading.page_lines import Line, Page
from luytre.reporting.reading.tidying import RAISED

FEW = 20  # letters, below which a page with a picture on it is taken for a scan
WORD_GAP, CELL_GAP, GAP = 0.1, 0.6, 1.6  # heights of a letter: between words, at least and surely between cells
SMALL = 0.5  # of the height of a line's letters; a figure of usual size has two thirds
WIDER = 2.5  # times the usual gap of its line; lines that fill their width have wide gaps, but alike
DOTS = 200  # an inch, for tesseract
WIDEST = 3_500  # dots a side of a picture
BLANK = {" ", "\t", "\u00a0", "\u3000"}


def read(content: bytes, *, ocr: bool = False) -> Found:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise Refused(Trouble.ENCRYPTED if is_locked else Trouble.BROKEN) from error
    return PdfReader(document).read(ocr=ocr)


class PdfReader:
    def __init__(self, document: pdfium.PdfDocument) -> None:
        self.document = document
        self.letters = set[str]()
        self.length = 0

    def read(self, *, ocr: bool) -> Found:
        count = len(self.document)
        if count == 0:
            raise Refused(Trouble.BROKEN)
        if count > MAX_PAGES:
            raise Refused(Trouble.TOO_LONG)
        read = [self.page(number) for number in range(count)]
        pictures = [number for number, (_lines, is_picture) in enumerate(read) if is_picture]
        pages = [lines for lines, _is_picture in read]
        notes = self.scanned(pages, pictures, ocr=ocr) if pictures else []
        text = "\n".join(page_lines.paragraphs(pages))
        return Found(Kind.PDF, text, count, notes + [Note(letters) for letters in sorted(self.letters)])

    def scanned(self, pages: list[Page], pictures: list[int], *, ocr: bool) -> list[Note]:
        if ocr:
            end = time.monotonic() + scans.SECONDS
            for number in pictures:
                picture, dots = self.picture(number)
                pages[number] = recognised(scans.text_of(picture, dots=dots, end=end))
            return [Note("recognised", {"count": len(pictures)})]
        if len(pictures) == len(pages):
            raise Refused(Trouble.SCANNED if scans.is_there() else Trouble.NO_TESSERACT)
        return [Note("pictures", {"count": len(pictures), "total": len(pages)})]

    def page(self, number: int) -> tuple[Page, bool]:
        try:
            page = self.document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise Refused(Trouble.BROKEN) from error
        try:
            lines = self.lines(text)
            letters = sum(len(line.text) for line in lines)
            self.length += letters
            if self.length > MAX_TEXT:
                raise Refused(Trouble.TOO_LONG)
            return Page(lines, page.get_width()), letters < FEW and is_drawn(page, with_lines=letters == 0)
        finally:
            text.close()
            page.close()

    def lines(self, text: pdfium.PdfTextPage) -> list[Line]:
        signs = list(signs_of(text))
        fonts = any("\u00a1" <= sign.text <= "\u00ff" or "\uf020" <= sign.text <= "\uf0ff" for sign in signs)
        found, some = [], list[Sign]()
        for sign in signs:
            if sign.text not in "\r\n":
                some.append(sign)
            elif some:
                found.append(self.line(text, some, with_fonts=fonts))
                some = []
        if some:
            found.append(self.line(text, some, with_fonts=fonts))
        return [line for line in found if line.text]

    def line(self, text: pdfium.PdfTextPage, signs: list["Sign"], *, with_fonts: bool) -> Line:
        placed = [sign for sign in signs if sign.right > sign.left]
        height = median([sign.height for sign in placed]) if placed else 12.0
        raise_small(signs, height)
        gaps = gaps_in(signs, height)
        words = self.spelled(text, signs, gaps) if with_fonts else spelled(signs, gaps)
        left, right = (placed[0].left, max(sign.right for sign in placed)) if placed else (0.0, 0.0)
        return Line(words.strip(), left, right, height, bool(gaps))

    def spelled(self, text: pdfium.PdfTextPage, signs: list["Sign"], gaps: set[int]) -> str:
        """Signs of a font of old letters, run by run; a word has one font."""
        told: list[tuple[Letters | None, list[Sign]]] = []
        for before, sign in zip([None, *signs], signs, strict=False):
            is_first = before is None or before.text in BLANK or before.text in RAISED.values()
            letters = letters_of(font_of(text, sign.place)) if is_first else told[-1][0]
            letters = None if sign.text in RAISED.values() else letters
            if told and told[-1][0] is letters:
                told[-1][1].append(sign)
            else:
                told.append((letters, [sign]))
        return "".join(self.decoded(spelled(some, gaps), letters) for letters, some in told)

    def decoded(self, text: str, letters: Letters | None) -> str:
        changed = legacy.of_run(text, letters)
        if letters and changed != text:
            self.letters.add(Letters.TCVN3 if letters is Letters.TCVN3_CAPITALS else letters)
        return changed

    def picture(self, number: int) -> tuple[bytes, int]:
        """A page as a picture, no larger than a page of paper needs, and its dots an inch."""
        page = self.document[number]
        width, height = page.get_size()
        scale = min(DOTS / 72, WIDEST / max(1.0, width, height))
        image = page.render(scale=scale, grayscale=True).to_pil()
        return scans.png(image), max(70, round(scale * 72))


def recognised(text: str) -> Page:
    """Where the lines stand is not told: their length says which of them are full, roughly."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    longest = max(map(len, lines), default=0)
    return Page([Line(line, right=len(line), height=0.4 * longest) for line in lines])


class Sign:
    """A letter and where it stands."""

    __slots__ = ("bottom", "height", "left", "place", "right", "text", "top")

    def __init__(self, place: int, text: str, sides: tuple[float, float, float, float], height: float) -> None:
        self.place, self.text, self.height = place, text, height
        self.left, self.right, self.bottom, self.top = sides


def signs_of(text: pdfium.PdfTextPage) -> Iterator[Sign]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = [ctypes.byref(side) for side in (left, right, bottom, top)]
    for place in range(min(text.count_chars(), MAX_TEXT)):
        code = pdfium_c.FPDFText_GetUnicode(text, place)
        if code in (0, 0xFFFF) or code > 0x10FFFF:
            continue
        if pdfium_c.FPDFText_GetCharBox(text, place, *sides):
            height = pdfium_c.FPDFText_GetFontSize(text, place) or top.value - bottom.value
            box = left.value, right.value, bottom.value, top.value
            yield Sign(place, chr(code), box, max(1.0, abs(height)))
        else:
            yield Sign(place, chr(code), (0.0, 0.0, 0.0, 0.0), 0.0)


def raise_small(signs: list[Sign], height: float) -> None:
    """The number of a footnote must not become part of the figure before it."""
    small = [sign for sign in signs if sign.text in RAISED and 0 < sign.top - sign.bottom < SMALL * height]
    if small:
        ground = median([sign.bottom for sign in signs if sign.right > sign.left])
        for sign in small:
            if sign.bottom > ground + 0.15 * height:
                sign.text = RAISED[sign.text]


def gaps_in(signs: list[Sign], height: float) -> set[int]:
    """Places of the letters that begin a cell: far behind the one before, and farther than its line parts its words."""
    gaps, end = dict[int, float](), None
    for sign in signs:
        if sign.text in BLANK or sign.right <= sign.left:
            continue
        if end is not None and sign.left - end > WORD_GAP * height:
            gaps[sign.place] = sign.left - end
        end = sign.right
    usual = sorted(gaps.values())[len(gaps) // 4] if len(gaps) > 2 else GAP * height
    least = max(CELL_GAP * height, min(WIDER * usual, GAP * height))
    return {place for place, gap in gaps.items() if gap > least}


def spelled(signs: list[Sign], gaps: set[int]) -> str:
    told = list[str]()
    for sign in signs:
        if sign.place in gaps:
            while told and told[-1] in BLANK:
                told.pop()
            told.append("\t")
        told.append(sign.text)
    return "".join(told)


@lru_cache(maxsize=500)
def letters_of(font: str) -> Letters | None:
    return legacy.of_font(font)


def font_of(text: pdfium.PdfTextPage, place: int) -> str:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    size = pdfium_c.FPDFText_GetFontInfo(text, place, name, 128, ctypes.byref(flags))
    return name.value.decode("utf-8", "replace") if 0 < size <= 128 else ""


def is_drawn(page: pdfium.PdfPage, *, with_lines: bool) -> bool:
    """Has a picture on it; without a single letter, lines count too: some programs draw letters as lines."""
    kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE, *([pdfium_c.FPDF_PAGEOBJ_PATH] if with_lines else [])]
    return any(True for _one in page.get_objects(filter=kinds, max_depth=3))
