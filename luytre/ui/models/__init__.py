from luytre.ui.models.attachments import Attachment, TooMany, folder, forget_strays, photos_of
from luytre.ui.models.imports import AlreadyUndone, ColumnReading, Import, ImportedRow, TooLateToUndo
from luytre.ui.models.merging import Merge

__all__ = [
    "AlreadyUndone",
    "Attachment",
    "ColumnReading",
    "Import",
    "ImportedRow",
    "Merge",
    "TooLateToUndo",
    "TooMany",
    "folder",
    "forget_strays",
    "photos_of",
]
