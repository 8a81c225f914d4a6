import pytest

from luytre.api.limits import BUCKETS


@pytest.fixture(autouse=True)
def nobody_has_called_yet():
    """Every test begins with full allowances."""
    BUCKETS.paid_at.clear()
