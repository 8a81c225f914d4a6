"""The same values as one Parquet file, asked by DuckDB; a lake that is refreshed by copying."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from bench._figures.dhis2 import Dhis2, iso
from bench._figures.measuring import taken
from bench._figures.nation import UNTIL

COPY = """
copy (
    select r.area_id, split_part(s.path, '.', 2), split_part(s.path, '.', 3), {period}, {columns}
    from reporting_return r join areas_standing s on s.area_id = r.area_id and s.is_main
     and s.valid_from <= '{day}' and (s.valid_to is null or s.valid_to > '{day}')
    where r.form_id = {form} and r.last_day = '{last}' and r.number > 0
) to stdout (format csv)
"""
WRITE = """
copy (
    select unit, province, commune, period, cast(substr(name, 2) as smallint) indicator, value from (
        unpivot read_csv('{files}', header = false, union_by_name = false, columns = {types})
        on columns('^v[0-9]+$') into name name value value
    ) where value is not null order by indicator, period, province, commune
) to '{parquet}' (format parquet, compression zstd, row_group_size 200000)
"""


@dataclass
class Duck:
    peer: Dhis2
    folder: Path
    seconds: float = 0
    gigabytes: float = 0
    connection: Any = field(default_factory=duckdb.connect)

    @property
    def parquet(self) -> str:
        return str(self.folder / "nation.parquet")

    def build(self) -> None:
        self.connection.execute(f"set threads = 2; set memory_limit = '4GB'; set temp_directory = '{self.folder}'")
        self.seconds = taken(self.export) / 1000
        self.gigabytes = Path(self.parquet).stat().st_size / 1e9

    def export(self) -> None:
        numbers = self.peer.numbers
        with self.peer.nation.owner() as connection:
            for window in self.peer.windows:
                form = self.peer.form(1 if window.last_day.isoformat() < "2025-07-01" else 2)
                places = {code: place for place, code in enumerate(form.codes, 1)}
                wanted = places if form.version == 2 else {code: places[code] for code in self.peer.nation.ten}
                columns = ", ".join(f"r.values[{wanted[code]}] / 100" if code in wanted else "null" for code in numbers)
                text = COPY.format(period=iso(window), columns=columns, day=UNTIL, form=form.pk, last=window.last_day)
                with connection.cursor().copy(text) as rows, open(self.folder / f"{iso(window)}.csv", "wb") as file:
                    for part in rows:
                        file.write(part)
        types = {"unit": "INTEGER", "province": "VARCHAR", "commune": "VARCHAR", "period": "INTEGER"}
        types |= {f"v{number}": "BIGINT" for number in numbers.values()}
        self.connection.execute(WRITE.format(files=self.folder / "*.csv", types=types, parquet=self.parquet))
        for file in self.folder.glob("*.csv"):
            file.unlink()

    def ask(self, text: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(text.replace("FILE", f"'{self.parquet}'")).fetchall()

    # its statements

    def numbers(self, codes: Any) -> str:
        return ", ".join(str(self.peer.numbers[code]) for code in codes)

    def total(self, codes: Any, windows: Any) -> str:
        months = ", ".join(map(iso, windows))
        return f"select indicator, period, sum(value) from FILE where indicator in ({self.numbers(codes)}) and period in ({months}) group by all"

    def communes(self, codes: Any, province: str, window: Any) -> str:
        return (
            f"select indicator, commune, sum(value) from FILE where indicator in ({self.numbers(codes)})"
            f" and period = {iso(window)} and province = '{province}' group by all"
        )

    def ranking(self, code: str, windows: Any) -> str:
        months = ", ".join(map(iso, windows))
        return (
            f"select commune, sum(value) s, rank() over (order by sum(value) desc) from FILE where indicator = {self.peer.numbers[code]}"
            f" and period in ({months}) group by 1 order by s desc"
        )

    def custom(self, codes: Any, window: Any) -> str:
        first, last = f"{window.first_day:%Y%m}", iso(window)
        return (
            f"select indicator, province, sum(value) from FILE where indicator in ({self.numbers(codes)})"
            f" and period > {first} and period <= {last} group by all"
        )

    def long(self, codes: Any, province: str, windows: Any) -> str:
        years = ", ".join(str(one.last_day.year) for one in windows)
        return (
            f"select indicator, period // 100, sum(value) from FILE where indicator in ({self.numbers(codes)})"
            f" and province = '{province}' and period // 100 in ({years}) group by all"
        )

    def stocks(self, codes: Any, window: Any) -> str:
        return (
            "select indicator, province, sum(v) from (select indicator, province, unit, arg_max(value, period) v from FILE"
            f" where indicator in ({self.numbers(codes)}) and period <= {iso(window)} group by all) group by all"
        )
