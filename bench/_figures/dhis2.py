"""The analytics table and the statements of DHIS2, in its shape, over the very same values.

Rebuilt from its public source: resource tables, one row a value widened with every dimension, one index a dimension,
one child table a year. In its favour: no text column `id`, no outlier statistics, four of its period columns, ten of
the sixty numbers for the years before the reform, and `datavalue` itself without keys.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bench._figures.measuring import say, taken
from bench._figures.nation import UNTIL, Nation

COLUMNS = (
    "dx char(11) not null, co char(11) not null, ao char(11) not null, pestartdate date, peenddate date, year int not null,"
    " pe text not null, ou char(11) not null, oulevel int, degrpset001 char(11), ougrpset001 char(11), ougrpset002 char(11),"
    " uidlevel1 char(11), uidlevel2 char(11), uidlevel3 char(11), uidlevel4 char(11),"
    " monthly text, quarterly text, sixmonthly text, yearly text,"
    " approvallevel int, daysxvalue double precision, daysno int not null, value double precision, textvalue text"
)
INDEXED = (
    *(
        "dx",
        "dx, co",
        "dx, ao",
        "pestartdate",
        "peenddate",
        "year",
        "pe",
        "ou",
        "oulevel",
        "degrpset001",
        "ougrpset001",
    ),
    *(
        "ougrpset002",
        "uidlevel1",
        "uidlevel2",
        "uidlevel3",
        "uidlevel4",
        "monthly",
        "quarterly",
        "sixmonthly",
        "yearly",
    ),
)
# Units as DHIS2 keeps them: one tree, today's; the former communes hang under the province of today.
UNITS = """
create unlogged table dhis2.today as
select id from areas_area where valid_from <= %(day)s and (valid_to is null or valid_to > %(day)s);
create unlogged table dhis2.unit as
select a.id, dhis2.uid('u', a.id) uid, length(s.path) - length(replace(s.path, '.', '')) depth, s.path,
       case when a.level = 'residential' then 4 when a.level = 'commune' then 3 when a.level = 'province' then 2 else 1 end oulevel
from areas_area a join areas_standing s on s.area_id = a.id and s.is_main and s.valid_from <= %(day)s
 and (s.valid_to is null or s.valid_to > %(day)s)
where a.level in ('nation', 'province', 'commune', 'residential');
create unlogged table dhis2.analytics_rs_orgunitstructure as
select u.id organisationunitid, u.uid organisationunituid, u.oulevel level, n.uid uidlevel1, p.uid uidlevel2,
       case when u.oulevel >= 3 then c.uid end uidlevel3, case when u.oulevel = 4 then u.uid end uidlevel4
from dhis2.unit u
join dhis2.unit n on n.oulevel = 1
left join dhis2.unit p on p.oulevel = 2 and p.path = '0.' || split_part(u.path, '.', 2) || '.'
    and p.id in (select id from dhis2.today)
left join dhis2.unit c on c.oulevel = 3 and c.path = '0.' || split_part(u.path, '.', 2) || '.' || split_part(u.path, '.', 3) || '.'
    and c.id in (select id from dhis2.today);
create unique index on dhis2.analytics_rs_orgunitstructure (organisationunitid);
create unlogged table dhis2.analytics_rs_organisationunitgroupsetstructure as
select organisationunitid, null::date startdate, dhis2.uid('g', organisationunitid %% 3) ougrpset001,
       dhis2.uid('h', organisationunitid %% 5) ougrpset002 from dhis2.analytics_rs_orgunitstructure;
create index on dhis2.analytics_rs_organisationunitgroupsetstructure (organisationunitid);
"""
FRAME = """
drop schema if exists dhis2 cascade;
create schema dhis2;
create function dhis2.uid(kind text, n bigint) returns char(11) immutable language sql as
$$ select (kind || lpad(to_hex(n), 10, '0'))::char(11) $$;
create unlogged table dhis2.datavalue (
    dataelementid bigint not null, periodid bigint not null, sourceid bigint not null,
    categoryoptioncomboid bigint not null, attributeoptioncomboid bigint not null,
    value varchar(50000), storedby varchar(255), created timestamp not null, lastupdated timestamp not null,
    comment varchar(50000), followup boolean, deleted boolean not null);
create unlogged table dhis2.analytics_rs_dataelementstructure (
    dataelementid bigint primary key, dataelementuid char(11), valuetype text, domaintype text, aggregationtype text,
    zeroissignificant boolean);
create unlogged table dhis2.analytics_rs_dataelementgroupsetstructure (dataelementid bigint primary key, degrpset001 char(11));
create unlogged table dhis2.analytics_rs_categorystructure (categoryoptioncomboid bigint primary key, categoryoptioncombouid char(11));
insert into dhis2.analytics_rs_categorystructure values (16, 'HllvX50cXC0');
create unlogged table dhis2.analytics_rs_categoryoptioncomboname (categoryoptioncomboid bigint primary key, name text);
insert into dhis2.analytics_rs_categoryoptioncomboname values (16, 'default');
create unlogged table dhis2.analytics_rs_periodstructure (
    periodid bigint primary key, iso text, daysno int, startdate date, enddate date, year int,
    monthly text, quarterly text, sixmonthly text, yearly text);
"""
VALUES = """
insert into dhis2.datavalue
select d.n, %(period)s, r.area_id, 16, 16, (d.amount / 100)::text, 'user' || r.sent_by_id, r.sent_at, r.sent_at, null, false, false
from reporting_return r, unnest(r.values) with ordinality v(amount, place),
     lateral (select v.amount, (%(numbers)s::int[])[v.place] n) d
where r.form_id = %(form)s and r.last_day = %(last)s and r.number > 0 and d.n is not null and d.amount is not null
"""
POPULATE = """
insert into dhis2.{child}
select des.dataelementuid, dcs.categoryoptioncombouid, acs.categoryoptioncombouid, ps.startdate, ps.enddate, ps.year, ps.iso,
       ous.organisationunituid, ous.level, degs.degrpset001, ougs.ougrpset001, ougs.ougrpset002,
       ous.uidlevel1, ous.uidlevel2, ous.uidlevel3, ous.uidlevel4, ps.monthly, ps.quarterly, ps.sixmonthly, ps.yearly,
       0, cast(dv.value as double precision) * ps.daysno, ps.daysno, cast(dv.value as double precision), null
from dhis2.datavalue dv
join dhis2.analytics_rs_periodstructure ps on dv.periodid = ps.periodid
join dhis2.analytics_rs_dataelementstructure des on dv.dataelementid = des.dataelementid
join dhis2.analytics_rs_dataelementgroupsetstructure degs on dv.dataelementid = degs.dataelementid
join dhis2.analytics_rs_orgunitstructure ous on dv.sourceid = ous.organisationunitid
join dhis2.analytics_rs_organisationunitgroupsetstructure ougs on dv.sourceid = ougs.organisationunitid
join dhis2.analytics_rs_categorystructure dcs on dv.categoryoptioncomboid = dcs.categoryoptioncomboid
join dhis2.analytics_rs_categorystructure acs on dv.attributeoptioncomboid = acs.categoryoptioncomboid
join dhis2.analytics_rs_categoryoptioncomboname aon on dv.attributeoptioncomboid = aon.categoryoptioncomboid
join dhis2.analytics_rs_categoryoptioncomboname con on dv.categoryoptioncomboid = con.categoryoptioncomboid
where des.valuetype in ('INTEGER', 'NUMBER') and des.domaintype = 'AGGREGATE' and ps.year = {year}
  and (ougs.startdate is null or ps.startdate = ougs.startdate) and dv.value is not null and dv.deleted = false
  and (dv.value != '0' or des.aggregationtype = 'AVERAGE' or des.zeroissignificant)
  and dv.value ~* '^(-?[0-9]+)(\\.[0-9]+)?$'
"""


@dataclass
class Dhis2:
    nation: Nation
    seconds: float = 0
    gigabytes: float = 0

    def build(self) -> None:
        """From the returns to the analytics tables, as its nightly job does, timed without the copying of the values."""
        with self.nation.owner() as connection:
            connection.execute(FRAME)
            connection.execute("set work_mem = '256MB'")
            for statement in filter(str.strip, UNITS.split(";\n")):
                connection.execute(statement, {"day": UNTIL})
            self.copy_values(connection)
            connection.execute("analyze")
            self.seconds = taken(lambda: self.populate(connection)) / 1000
            ((size,),) = connection.execute(
                "select sum(pg_total_relation_size(oid)) from pg_class where relname like 'analytics\\_2%' and relkind = 'r'"
            )
            self.gigabytes = float(size) / 1e9
            connection.execute("drop table dhis2.datavalue")

    def copy_values(self, connection: Any) -> None:
        for window in self.windows:
            is_former = window.last_day < date(2025, 7, 1)
            form = self.form(1 if is_former else 2)
            wanted = self.nation.ten if is_former else form.codes
            numbers = [self.numbers[code] if code in wanted else None for code in form.codes]
            asked = {"period": self.period(window), "form": form.pk, "last": window.last_day, "numbers": numbers}
            connection.execute(VALUES, asked)
            connection.execute(
                "insert into dhis2.analytics_rs_periodstructure values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    asked["period"],
                    iso(window),
                    window.days,
                    window.first_day,
                    window.last_day,
                    window.last_day.year,
                    *names(window),
                ],
            )
            say(f"  {iso(window)}")
        rows = [(n, code in self.nation.five_stocks, code) for code, n in self.numbers.items()]
        for number, is_last, _code in rows:
            how = "LAST" if is_last else "SUM"
            connection.execute(
                "insert into dhis2.analytics_rs_dataelementstructure values (%s, dhis2.uid('d', %s), 'INTEGER', 'AGGREGATE', %s, false)",
                [number, number, how],
            )
            connection.execute(
                "insert into dhis2.analytics_rs_dataelementgroupsetstructure values (%s, dhis2.uid('k', %s))",
                [number, number % 8],
            )

    @cached_property
    def windows(self) -> list[Any]:
        """Every month before the reform, and as many after it as are asked for."""
        from luytre.common.periods import months_back

        every = months_back(UNTIL, self.nation.size.months)
        since = [one for one in every if one.last_day >= date(2025, 7, 1)]
        return [one for one in every if one not in since] + since[-self.nation.size.dhis2_months :]

    def form(self, version: int) -> Any:
        from luytre.reporting.models import ReturnForm

        return ReturnForm.objects.get(code="simulated", version=version)

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {code: n for n, code in enumerate(self.form(2).codes, 1)}

    def period(self, window: Any) -> int:
        return int(iso(window))

    def populate(self, connection: Any) -> None:
        connection.execute(f"create unlogged table dhis2.analytics ({COLUMNS})")
        for year in sorted({window.last_day.year for window in self.windows}):
            child = f"analytics_{year}"
            connection.execute(
                f"create unlogged table dhis2.{child} (check (year = {year})) inherits (dhis2.analytics)"
            )
            connection.execute(POPULATE.format(child=child, year=year))
            for columns in INDEXED:
                connection.execute(f"create index on dhis2.{child} using btree ({columns})")
            connection.execute(f"analyze dhis2.{child}")
            say(f"  {child}")

    # its statements

    def elements(self, codes: Iterable[str]) -> str:
        return quoted(uid("d", self.numbers[code]) for code in codes)

    def total(self, codes: Iterable[str], windows: Iterable[Any]) -> str:
        """Sums of the nation by month."""
        months = list(windows)
        return (
            f'select ax."dx", ax."monthly", sum(value) as value from {self.source(months)} as ax where ax."dx" in ({self.elements(codes)})'
            f' and ax."monthly" in ({quoted(map(iso, months))}) and ( ax."uidlevel1" in (\'{uid("u", self.nation.whole.pk)}\') )'
            f' and ax."year" in ({years(months)}) group by ax."dx", ax."monthly"'
        )

    def source(self, windows: list[Any]) -> str:
        found = sorted({window.last_day.year for window in windows})
        return f"dhis2.analytics_{found[0]}" if len(found) == 1 else "dhis2.analytics"

    def communes(self, codes: Iterable[str], places: Iterable[int], window: Any) -> str:
        return (
            f'select ax."dx", ax."uidlevel3", ax."monthly", sum(value) as value from {self.source([window])} as ax'
            f' where ax."dx" in ({self.elements(codes)}) and ax."uidlevel3" in ({quoted(uid("u", one) for one in places)})'
            f' and ax."monthly" in (\'{iso(window)}\') and ax."year" in ({years([window])}) group by ax."dx", ax."uidlevel3", ax."monthly"'
        )

    def ranking(self, code: str, places: Iterable[int], quarter: str, year: int) -> str:
        return (
            f'select ax."dx", ax."uidlevel3", sum(value) as value from dhis2.analytics_{year} as ax where ax."dx" in ({self.elements([code])})'
            f' and ax."uidlevel3" in ({quoted(uid("u", one) for one in places)}) and ( ax."quarterly" in (\'{quarter}\') )'
            f' and ax."year" in ({year}) group by ax."dx", ax."uidlevel3" order by value desc'
        )

    def custom(self, codes: Iterable[str], window: Any) -> str:
        """A window of its own, by province."""
        return (
            f'select ax."dx", ax."uidlevel2", sum(value) as value from dhis2.analytics as ax where ax."dx" in ({self.elements(codes)})'
            f" and ax.\"pestartdate\" >= '{window.first_day}' and ax.\"peenddate\" <= '{window.last_day}'"
            f" and ax.\"uidlevel1\" in ('{uid('u', self.nation.whole.pk)}')"
            f' and ax."year" in ({window.first_day.year}, {window.last_day.year}) group by ax."dx", ax."uidlevel2"'
        )

    def long(self, codes: Iterable[str], windows: list[Any]) -> str:
        """One province by year."""
        return (
            f'select ax."dx", ax."yearly", sum(value) as value from dhis2.analytics as ax where ax."dx" in ({self.elements(codes)})'
            f' and ax."yearly" in ({quoted(str(one.last_day.year) for one in windows)})'
            f" and ( ax.\"uidlevel2\" in ('{uid('u', self.nation.province.pk)}') )"
            f' and ax."year" in ({years(windows)}) group by ax."dx", ax."yearly"'
        )

    def stocks(self, codes: Iterable[str], window: Any) -> str:
        """Last values by province: it looks back ten years in every question."""
        elements = self.elements(codes)
        return (
            f'select ax."dx", ax."uidlevel2", sum(value) as value from (select "year", "pestartdate", "peenddate", "value", "dx", "ou",'
            f' "uidlevel2", "uidlevel1", row_number() over (partition by ax."dx", ax."ou", ax."co", ax."ao"'
            f" order by peenddate desc, pestartdate desc) as pe_rank from dhis2.analytics as ax"
            f" where ax.\"pestartdate\" >= '{window.last_day.year - 10}-01-01' and ax.\"peenddate\" <= '{window.last_day}'"
            f' and ax."value" is not null and ax."dx" in ({elements})) as ax where ax."dx" in ({elements})'
            f' and ax."uidlevel1" in (\'{uid("u", self.nation.whole.pk)}\') and ax."pe_rank" = 1 group by ax."dx", ax."uidlevel2"'
        )


def uid(kind: str, number: int) -> str:
    return f"{kind}{number:010x}"


def quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def iso(window: Any) -> str:
    """The administrative month by the month it ends in."""
    return f"{window.last_day:%Y%m}"


def names(window: Any) -> Iterator[str]:
    year, month = window.last_day.year, window.last_day.month
    yield iso(window)
    yield f"{year}Q{(month + 2) // 3}"
    yield f"{year}S{(month + 5) // 6}"
    yield f"{year}"


def years(windows: Iterable[Any]) -> str:
    return ", ".join(str(year) for year in sorted({window.last_day.year for window in windows}))
