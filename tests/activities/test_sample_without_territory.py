import pytest
from django.core.management import CommandError, call_command

from luytre.areas.models import Area


@pytest.mark.django_db
def test_the_sample_needs_the_territory_first():
    with pytest.raises(CommandError, match="load_territory"):
        call_command("load_sample")
    assert not Area.objects.exists()
