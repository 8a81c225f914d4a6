"""Why a file or a cell was not taken, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.reporting.workbooks.files import Trouble

TROUBLES: dict[Trouble, str | Promise] = {
    Trouble.NOT_EXCEL: _("This is not an Excel workbook. Save it as .xlsx and send it again."),
    Trouble.OLD_EXCEL: _("This is an older kind of workbook. Open it, save it as .xlsx and send it again."),
    Trouble.TEXT: _("This is a text file. Open it in Excel, save it as .xlsx and send it again."),
    Trouble.MACROS: _("Workbooks with macros are not opened. Save it as .xlsx without macros and send it again."),
    Trouble.ENCRYPTED: _("The file has a password. Save it without one and send it again."),
    Trouble.BROKEN: _("The file is damaged or was not sent whole. Nothing was taken from it; send it again."),
    Trouble.TOO_LARGE: _("The file is too large: at most 10 MB a workbook, 300 MB a zip."),
    Trouble.BOMB: _("Unpacked, the file would be far too large. It was not opened."),
    Trouble.NESTED: _("A packed file inside another is not opened. Put the workbooks themselves into the zip."),
    Trouble.BAD_NAME: _("The name of this file points outside the zip. It was not opened."),
    Trouble.TOO_MANY: _("There are more than 5,000 files in the zip. Send them in several parts."),
    Trouble.EMPTY: _("There is nothing in this file."),
    Trouble.NOT_OURS: _(
        "The system did not issue this workbook, or its hidden sheet is gone. Download the form again, "
        "or show how this layout is read."
    ),
    Trouble.NO_COLUMNS: _(
        "The columns of the form are not there any more. Download the form again and copy the numbers over."
    ),
}
CHANGED_MARK = _("The hidden sheet was changed, so it is not certain whose return this is. Download the form again.")
NO_FORM = _("The form “%(code)s” in this version is not known here. Download the form again.")
NO_AREA = _("No unit with the code “%(code)s” owed this form then.")
FOREIGN = _("This unit is not yours to report for.")
TWICE = _("The same return stands in the file “%(name)s” too. Keep one of the two.")
NEWER = _("Version %(now)d was sent since this workbook was issued from version %(base)d. Look at both, then decide.")
REGISTER = _("This number comes from the register; what was written here is not taken.")
NO_UNIT = _("“%(typed)s” is no unit in your area that owes this form. Write its code.")
MANY_UNITS = _("Several units are called “%(typed)s”. Write the code.")
NO_PERIOD = _("“%(typed)s” is no period of this form. Write it like %(example)s.")
NO_PLACE = _("The cell or column %(place)s, where this reading looks, is empty.")
