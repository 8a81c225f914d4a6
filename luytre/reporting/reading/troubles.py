"""Why a file was not read and what to do, and what a reader should know of how one was read, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.reporting.reading.files import Trouble

TROUBLES: dict[Trouble, tuple[str | Promise, str | Promise]] = {
    Trouble.EMPTY: (_("There are no words in this file."), _("Look whether it is the right one and give it again.")),
    Trouble.TOO_LARGE: (_("The file is larger than 20 MB."), _("Take pictures out of it, or split it.")),
    Trouble.TOO_LONG: (
        _("The text is longer than 600 pages or five million letters."),
        _("Split the file and give the parts."),
    ),
    Trouble.TOO_HARD: (
        _("Reading this file took more time or memory than a report needs."),
        _("Open it, save it anew as .docx and give that."),
    ),
    Trouble.ENCRYPTED: (_("The file has a password."), _("Save it without one and give it again.")),
    Trouble.SCANNED: (
        _("The pages are pictures: there are no letters in this file."),
        _("Let tesseract read them (--ocr), or give the file the report was printed from."),
    ),
    Trouble.NO_TESSERACT: (
        _("The pages are pictures, and tesseract, which reads letters from pictures, is not installed here."),
        _("Install tesseract-ocr and tesseract-ocr-vie, or give the file the report was printed from."),
    ),
    Trouble.NO_LANGUAGE: (
        _("tesseract is installed here without Vietnamese, or cannot start."),
        _("Install tesseract-ocr-vie and read the file again."),
    ),
    Trouble.SCAN_TOO_SLOW: (
        _("Reading letters from these pictures took too long."),
        _("Give fewer pages at a time, or the file the report was printed from."),
    ),
    Trouble.BROKEN: (
        _("The file is damaged or was not sent whole."),
        _("Open it, save it anew and give it again."),
    ),
    Trouble.BOMB: (
        _("Unpacked, the file would be far too large, or it is made to overwhelm whoever opens it. It was not opened."),
        _("Ask the sender for the report as .docx or .pdf."),
    ),
    Trouble.PACKED: (_("This is a packed file, not a report."), _("Unpack it and give the documents in it.")),
    Trouble.UNKNOWN: (
        _("This is no kind of document that can be read."),
        _("Give the report as .docx, .odt, .pdf, .rtf, .html or .txt."),
    ),
    Trouble.NOT_TEXT: (
        _("This is called a text, but it holds something else."),
        _("Give the report as .docx, .pdf or a text in UTF-8."),
    ),
    Trouble.LETTERS: (
        _("Which letters this text was written with is not clear."),
        _("Save it as UTF-8 and give it again."),
    ),
    Trouble.OLD_WORD: (
        _("This is a document of Word 2003 or older."),
        _("Open it in Word or LibreOffice, save it as .docx and give that."),
    ),
}

NOTES: dict[str, str | Promise] = {
    "tcvn3": _("letters in TCVN3 (ABC) were turned into Unicode"),
    "vni": _("letters in VNI were turned into Unicode"),
    "cp1258": _("letters in Windows-1258 were turned into Unicode"),
    "utf16": _("letters in UTF-16 were turned into UTF-8"),
    "pictures": _("%(count)d of %(total)d pages are pictures and were not read"),
    "recognised": _("%(count)d pages were read from pictures: compare their figures with the file"),
    "damaged": _("%(count)d letters are damaged"),
    "empty_signs": _("%(count)d signs without meaning were read as blanks"),
    "directions": _(
        "signs that turn the direction of writing were left out: figures may look otherwise in the file than they read"
    ),
}
