import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from luytre.reporting.exchange import rows

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.lists(st.fixed_dictionaries({"a": TEXT, "b": TEXT}), max_size=5))
def test_whatever_a_name_holds_the_file_is_read_back_cell_by_cell(many):
    content = rows.as_csv(["a", "b"], many, bom=False).decode()
    back = list(csv.reader(io.StringIO(content, newline="")))
    assert back == [["a", "b"], *[[rows.cell(row["a"]), rows.cell(row["b"])] for row in many]]


def test_text_that_looks_like_a_formula_stays_text_and_numbers_stay_numbers():
    assert [rows.cell(one) for one in ("=1+1", "@x", "Phường 7", -3, None, True)] == [
        "'=1+1", "'@x", "Phường 7", -3, "", "true",
    ]  # fmt: skip
