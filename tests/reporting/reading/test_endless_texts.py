"""A text without an end to its sentence or line: what is read for each number stays short; time grows with length."""

from dataclasses import fields
from datetime import date

import pytest

from luytre.reporting.reading import spans
from luytre.reporting.reading.mentions import mentions
from luytre.reporting.reading.phrases import settings
from luytre.reporting.reading.proposing import propose

HELD = [f"tổ chức {n % 97 + 2} buổi tuyên truyền cho {n % 900 + 20} lượt người tham gia" for n in range(300)]
ENDLESS = {
    "sentences on one line": ". ".join(HELD).replace(". t", ". T"),
    "semicolons": "; ".join(HELD),
    "commas": ", ".join(HELD),
    "cells": "\t".join(HELD),
    "nothing between": " ".join(HELD),
    "numbers alone": " ".join(str(n + 11) for n in range(900)),
    "one word": "12 buổi" + "ờ" * 30_000,
    "lists under a line that does not end": "- 3 buổi " * 900 + ":\n- 4 buổi tuyên truyền\n",
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_is_read_for_one_number_does_not_grow_with_the_text(kind: str):
    source = spans.read(ENDLESS[kind])
    found = settings(source, mentions(source.text))
    assert found
    for setting in found:
        heard = [getattr(setting.context, field.name) for field in fields(setting.context)]
        assert sum(len(one) for one in heard if isinstance(one, str)) < 4 * spans.ENDLESS
        assert setting.sentence.end - setting.sentence.start <= spans.ENDLESS


@pytest.mark.parametrize("kind", ["semicolons", "commas", "cells", "nothing between", "sentences on one line"])
def test_every_figure_of_an_endless_text_is_found(kind: str):
    found = propose(ENDLESS[kind], reported_on=date(2025, 9, 15))
    assert len(found) == 2 * len(HELD)
    for one in found:
        assert ENDLESS[kind][one.start : one.end] == one.span
        assert one.span in one.sentence
