import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.house import House, house


@pytest.fixture
def a_house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="nhà tre "))
    folder.chmod(0o755)
    with house(folder) as one:
        yield one
