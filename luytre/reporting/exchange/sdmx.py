"""SDMX-JSON 2.0: figures as a data message, the catalogue and the territory as a structure message."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import plain
from luytre.reporting.exchange.rows import Row, unique
from luytre.reporting.models import Definition

DATA_TYPE = "application/vnd.sdmx.data+json; version=2.0.0; charset=utf-8"
STRUCTURE_TYPE = "application/vnd.sdmx.structure+json; version=2.0.0; charset=utf-8"
SCHEMAS = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master"
AGENCY, VERSION = "LUYTRE", "1.0.0"
# Codes of the international list of observation states that say the same.
STATUS = {
    "A": gettext_lazy("normal value"),
    "E": gettext_lazy("estimated value"),
    "L": gettext_lazy("nothing to work it out from"),
    "Q": gettext_lazy("hidden, too small to be published"),
}


def meta(kind: str) -> dict[str, Any]:
    now = timezone.now()
    return {
        "schema": f"{SCHEMAS}/{kind}-message/tools/schemas/2.0.0/sdmx-json-{kind}-schema.json",
        "id": f"{AGENCY}-{now:%Y%m%d}",
        "prepared": f"{now:%Y-%m-%d}T00:00:00Z",  # to the day: the same figures make the same message
        "test": False,
        "contentLanguages": [get_language() or "vi"],
        "sender": {"id": AGENCY, "name": "Lũy Tre"},
    }


def urn(kind: str, name: str) -> str:
    package = {"Codelist": "codelist", "ConceptScheme": "conceptscheme"}.get(kind, "datastructure")
    return f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}={AGENCY}:{name}({VERSION})"


def time_range(window: Window) -> str:
    """Any window is a first day and a length: official months run from the 15th to the 14th."""
    return f"{plain.iso(window.first_day)}/P{window.days}D"


def data_message(rows: Sequence[Row]) -> dict[str, Any]:
    links = [{"urn": urn("Dataflow", "FIGURES"), "rel": "dataflow"}]
    structure, data_set = Message(rows).parts(links) if rows else ({"dimensions": {}}, {"links": links})
    return {"meta": meta("data"), "data": {"structures": [structure], "dataSets": [data_set]}, "errors": []}


class Message:
    """Numbers the values of every dimension, so that a series is named by their places."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.indicators = {one.code: n for n, one in enumerate(unique_by_code(row.definition for row in rows))}
        self.areas = {path: n for n, path in enumerate(unique(row.area.path for row in rows))}
        self.windows = {window: n for n, window in enumerate(unique(row.window for row in rows))}
        self.units = {unit: n for n, unit in enumerate(unique(row.definition.unit for row in rows))}
        self.statuses = {code: n for n, code in enumerate(STATUS)}
        self.qualifiers = {code: n for n, code in enumerate(Qualifier.values)}

    def parts(self, links: list[dict[str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
        structure = {
            "name": _("Figures of the movement"),
            "dataSets": [0],
            "links": [{"urn": urn("DataStructure", "FIGURES"), "rel": "datastructure"}],
            "dimensions": {"series": [self.indicator, self.area], "observation": [self.time]},
            "measures": {"observation": [{"id": "OBS_VALUE", "name": _("value")}]},
            "attributes": {"series": [self.unit], "observation": [self.status, self.qualifier]},
        }
        return structure, {"structure": 0, "links": links, "action": "Information", "series": self.series()}

    def series(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in self.rows:
            key = f"{self.indicators[row.definition.code]}:{self.areas[row.area.path]}"
            one = found.setdefault(key, {"attributes": [self.units[row.definition.unit]], "observations": {}})
            place = str(self.windows[row.window])
            said = [self.statuses[status(row)], self.qualifiers[str(row.qualifier)]]
            one["observations"][place] = [plain.number(row.value), *said]
        return found

    @property
    def indicator(self) -> dict[str, Any]:
        many = unique_by_code(row.definition for row in self.rows)
        values = [{"id": one.code, "name": one.name} for one in many]
        return {"id": "INDICATOR", "name": _("statistic"), "keyPosition": 0, "values": values}

    @property
    def area(self) -> dict[str, Any]:
        """A code may name places of two levels, so a place is named by its whole path."""
        places = {row.area.path: row.area for row in self.rows}
        values = [{"id": area_id(place), "name": place.full_name} for place in places.values()]
        return {"id": "REF_AREA", "name": _("area"), "keyPosition": 1, "roles": ["GEO"], "values": values}

    @property
    def time(self) -> dict[str, Any]:
        values = [
            {"value": time_range(one), "start": f"{one.first_day}T00:00:00", "end": f"{one.last_day}T23:59:59"}
            for one in self.windows
        ]
        return {"id": "TIME_PERIOD", "name": _("days"), "keyPosition": 2, "roles": ["TIME_PERIOD"], "values": values}

    @property
    def unit(self) -> dict[str, Any]:
        values = [{"value": unit} for unit in self.units]
        return {"id": "UNIT_MEASURE", "relationship": {"dimensions": ["INDICATOR"]}, "values": values}

    @property
    def status(self) -> dict[str, Any]:
        values = [{"id": code, "name": str(name)} for code, name in STATUS.items()]
        return {"id": "OBS_STATUS", "relationship": {"observation": {}}, "values": values}

    @property
    def qualifier(self) -> dict[str, Any]:
        values = [{"id": one.value, "name": str(one.label)} for one in Qualifier]
        return {"id": "QUALIFIER", "name": _("how exact"), "relationship": {"observation": {}}, "values": values}


def status(row: Row) -> str:
    if row.is_hidden:
        return "Q"
    if row.value is None:
        return "L"
    return "E" if row.is_estimate else "A"


def unique_by_code(many: Iterable[Definition]) -> list[Definition]:
    return list({one.code: one for one in many}.values())


def area_id(area: Area) -> str:
    return area.path.rstrip(".").replace(".", "_")


def structure_message(definitions: Iterable[Definition], areas: Iterable[Area], *, on: date) -> dict[str, Any]:
    """The lists of codes, and how a figure is put together from them."""
    lists = [
        indicator_list(definitions),
        area_list(areas, on),
        named("CL_QUALIFIER", _("how exact"), Qualifier.choices),
    ]
    parts = [("INDICATOR", _("statistic")), ("REF_AREA", _("area")), ("TIME_PERIOD", _("days"))]
    concepts = [{"id": name, "name": words} for name, words in [*parts, ("OBS_VALUE", _("value"))]]
    scheme = {**artefact("CONCEPTS", _("parts of a figure")), "concepts": concepts}
    return {
        "meta": meta("structure"),
        "data": {
            "codelists": lists,
            "conceptSchemes": [scheme],
            "dataStructures": [data_structure()],
            "dataflows": [
                {**artefact("FIGURES", _("Figures of the movement")), "structure": urn("DataStructure", "FIGURES")}
            ],
        },
    }


def artefact(name: str, words: str) -> dict[str, Any]:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, "name": words}


def named(name: str, words: str, choices: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {**artefact(name, words), "codes": [{"id": code, "name": str(said)} for code, said in choices]}


def indicator_list(definitions: Iterable[Definition]) -> dict[str, Any]:
    codes = [{"id": one.code, "name": one.name, "description": one.definition} for one in definitions]
    return {**artefact("CL_INDICATOR", _("statistics of the catalogue")), "codes": codes}


def area_list(areas: Iterable[Area], on: date) -> dict[str, Any]:
    """Places of one day; each says what it lies in."""
    codes = []
    for one in areas:
        name = area_id(one)
        above = {"parent": name.rpartition("_")[0]} if "_" in name else {}
        codes.append({"id": name, "name": one.full_name, **above})
    start = {"validFrom": f"{on}T00:00:00", "validTo": f"{on + timedelta(days=1)}T00:00:00"}
    return {**artefact("CL_AREA", _("places")), **start, "codes": codes}


def data_structure() -> dict[str, Any]:
    def concept(name: str) -> str:
        return f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CONCEPTS({VERSION}).{name}"

    def listed(name: str, codes: str, position: int) -> dict[str, Any]:
        representation = {"enumeration": urn("Codelist", codes)}
        return {
            "id": name,
            "position": position,
            "conceptIdentity": concept(name),
            "localRepresentation": representation,
        }

    time = {
        "id": "TIME_PERIOD",
        "conceptIdentity": concept("TIME_PERIOD"),
        "localRepresentation": {"format": {"dataType": "TimeRange"}},
    }
    coded = [listed("INDICATOR", "CL_INDICATOR", 0), listed("REF_AREA", "CL_AREA", 1)]
    dimensions = {"id": "DimensionDescriptor", "dimensions": coded, "timeDimension": time}
    measures = {
        "id": "MeasureDescriptor",
        "measures": [{"id": "OBS_VALUE", "conceptIdentity": concept("OBS_VALUE")}],
    }
    components = {"dimensionList": dimensions, "measureList": measures}
    return {**artefact("FIGURES", _("Figures of the movement")), "dataStructureComponents": components}
