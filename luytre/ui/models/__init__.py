from luytre.ui.models.imports import AlreadyUndone, ColumnReading, Import, ImportedRow, TooLateToUndo
from luytre.ui.models.merging import Merge

__all__ = ["AlreadyUndone", "ColumnReading", "Import", "ImportedRow", "Merge", "TooLateToUndo"]
