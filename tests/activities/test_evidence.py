"""What is recorded elsewhere wakes the site it belongs to."""

from datetime import date

import pytest

from luytre.registry.models import Site
from tests.activities.duty_factories import PatrolFactory
from tests.activities.factories import OutreachSessionFactory
from tests.factories import residential
from tests.registry.factories import SiteFactory, WatchGroupFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def site() -> Site:
    return SiteFactory(area=residential(), launched_on=date(2024, 1, 10))


def test_a_session_that_the_site_held(site):
    OutreachSessionFactory(area=site.area, held_on=date(2026, 10, 1))
    assert Site.objects.quiet_on(TODAY).get() == site
    session = OutreachSessionFactory(area=site.area, site=site, held_on=date(2026, 10, 1))
    assert not Site.objects.quiet_on(TODAY).exists()
    assert Site.objects.with_signs(TODAY).get().direct_on == date(2026, 10, 1)
    type(session).objects.filter(pk=session.pk).delete()
    assert Site.objects.quiet_on(TODAY).get() == site


def test_a_patrol_of_a_group_that_belongs_to_the_site(site):
    PatrolFactory(area=site.area, group=WatchGroupFactory(area=site.area), held_on=date(2026, 10, 1))
    assert Site.objects.quiet_on(TODAY).get() == site
    PatrolFactory(area=site.area, group=WatchGroupFactory(area=site.area, site=site), held_on=date(2026, 10, 1))
    assert not Site.objects.quiet_on(TODAY).exists()
