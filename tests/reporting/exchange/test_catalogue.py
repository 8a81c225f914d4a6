import csv
import io

import pytest

from luytre.reporting import catalogue
from luytre.reporting.exchange import sdmx
from tests.factories import commune, residential

pytestmark = pytest.mark.django_db
CATALOGUE = "/api/v1/catalogue"


def test_anybody_reads_the_whole_catalogue(client):
    told = client.get(CATALOGUE).json()
    assert [one["code"] for one in told] == list(catalogue.definitions())
    sessions = next(one for one in told if one["code"] == "outreach_sessions")
    assert sessions["has_figures"]
    assert (sessions["behaviour"], sessions["unit"]) == ("flow", "buổi")


def test_the_same_as_csv(client):
    answer = client.get(CATALOGUE, {"format": "csv", "bom": "true"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["code"] for row in rows] == list(catalogue.definitions())
    assert {row["has_figures"] for row in rows} == {"true", "false"}


def test_the_structure_lists_statistics_and_places_down_to_the_commune(client):
    here = commune("Mường Phăng")
    below = residential(parent=here)
    told = client.get(CATALOGUE, {"format": "sdmx"})
    assert told["Content-Type"].startswith("application/vnd.sdmx.structure+json")
    lists = {one["id"]: one["codes"] for one in told.json()["data"]["codelists"]}
    assert {"id": "CL_INDICATOR"}.items() <= told.json()["data"]["codelists"][0].items()
    assert [code["id"] for code in lists["CL_INDICATOR"]] == list(catalogue.definitions())
    places = {code["id"]: code.get("parent") for code in lists["CL_AREA"]}
    assert places[sdmx.area_id(here)] == sdmx.area_id(here.parent)
    assert places["0"] is None
    assert sdmx.area_id(below) not in places


def test_every_reference_of_the_structure_leads_somewhere(client):
    commune()
    data = client.get(CATALOGUE, {"format": "sdmx"}).json()["data"]
    known = {sdmx.urn("Codelist", one["id"]) for one in data["codelists"]}
    (structure,) = data["dataStructures"]
    dimensions = structure["dataStructureComponents"]["dimensionList"]["dimensions"]
    assert {one["localRepresentation"]["enumeration"] for one in dimensions} <= known
    concepts = {one["id"] for one in data["conceptSchemes"][0]["concepts"]}
    assert {one["conceptIdentity"].rpartition(".")[2] for one in dimensions} <= concepts
