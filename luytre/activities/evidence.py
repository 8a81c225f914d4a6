"""What activities show of the sites of initiatives: a session that a site held, a patrol of one of its groups."""

from luytre.activities.models import OutreachSession, Patrol
from luytre.registry.models import evidence

evidence.add(evidence.Evidence(rows=OutreachSession.objects.kept, on="held_on"))
evidence.add(evidence.Evidence(rows=Patrol.objects.kept, on="held_on", site="group__site"))
