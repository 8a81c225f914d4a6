"""What offices do without a system: one workbook a commune and month, merged by a script with pandas."""

from dataclasses import dataclass
from pathlib import Path

import pandas
import xlsxwriter

from bench._figures.measuring import taken

COMMUNES, AREAS = 3321, 29
HEAD = 5


@dataclass
class Workbooks:
    folder: Path
    count: int
    numbers: int = 60

    def build(self) -> None:
        for number in range(self.count):
            self.write(number)

    def write(self, number: int) -> None:
        with xlsxwriter.Workbook(self.folder / f"xa_{number:04}.xlsx") as book:
            sheet = book.add_worksheet("Tháng 6")
            edge = book.add_format({"border": 1})
            sheet.merge_range(0, 0, 0, self.numbers + 1, "BIỂU TỔNG HỢP", book.add_format({"bold": True}))
            sheet.write_row(HEAD - 1, 0, ["STT", "Khu dân cư", *(f"Chỉ tiêu {n + 1}" for n in range(self.numbers))])
            for row in range(AREAS):
                values = [(number * 7919 + row * 104729 + n * 31) % 200 for n in range(self.numbers)]
                sheet.write_row(HEAD + row, 0, [row + 1, f"Tổ dân phố {row + 1}", *values], edge)

    def merge(self) -> int:
        """Total of every number over all of them."""
        frames = [
            pandas.read_excel(file, header=HEAD - 1, engine="calamine").assign(file=file.name)
            for file in sorted(self.folder.glob("xa_*.xlsx"))
        ]
        merged = pandas.concat(frames)
        return int(merged.groupby("file").sum(numeric_only=True).to_numpy().sum())

    def month_of_the_nation(self, rounds: int) -> list[float]:
        """Milliseconds for 3,321 of them, in proportion to those that were read."""
        return [taken(self.merge) * COMMUNES / self.count for _each in range(rounds)]
