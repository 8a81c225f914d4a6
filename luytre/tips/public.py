"""What the public sees of the tip line: released figures of the nation by province, and nothing finer (rule R14)."""

from dataclasses import replace

from luytre.reporting import public as reporting
from luytre.reporting.public import PublicRow, PublicTable

NATION = "0"
OURS = "tip_line_"
MOST = 12


def tables() -> list[PublicTable]:
    found = (only_ours(table) for table in reporting.tables(NATION))
    return [table for table in found if table.columns][:MOST]


def only_ours(table: PublicTable) -> PublicTable:
    """The columns of the tip line out of a table that may have others; its hidden cells stay hidden."""
    places = [number for number, column in enumerate(table.columns) if column.code.startswith(OURS)]

    def cut(row: PublicRow) -> PublicRow:
        return replace(row, cells=[row.cells[place] for place in places])

    columns = [table.columns[place] for place in places]
    return replace(table, columns=columns, whole=cut(table.whole), rows=[cut(row) for row in table.rows])
