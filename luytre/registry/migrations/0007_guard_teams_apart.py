"""Rows that were there before: apart from the tables' own changes, which cannot stand in one transaction with them."""

from django.db import migrations

from luytre.common.text import fold


def fold_names(apps, schema_editor):
    for kind in apps.get_model("registry", "GroupKind").objects.all():
        kind.folded = fold(kind.vi_name)[:160]
        kind.save(update_fields=["folded"])


def guard_teams_apart(apps, schema_editor):
    """Statutory teams stood among the groups until they had a register of their own."""
    Kind, Group, Team = (apps.get_model("registry", name) for name in ("GroupKind", "WatchGroup", "GuardTeam"))
    Dissolution = apps.get_model("registry", "Dissolution")
    shared = [field.name for field in Team._meta.concrete_fields if field.name != "id"]
    for group in Group.objects.filter(kind__code="guard_team").iterator(chunk_size=1000):
        team = Team.objects.create(**{name: getattr(group, name) for name in shared})
        team.covers.set(group.partners.all())
        ending = apps.get_model("registry", "Disbanding").objects.filter(group=group).first()
        if ending:
            Dissolution.objects.create(team=team, on=ending.on, by_id=ending.by_id, reason=ending.reason)
            ending.delete()
        apps.get_model("registry", "Member").objects.filter(group=group).update(group=None, team=team)
        apps.get_model("registry", "GroupCount").objects.filter(of=group).delete()
        group.delete()
    Kind.objects.filter(code="guard_team").delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_public_places")]

    operations = [
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(guard_teams_apart, migrations.RunPython.noop),
    ]
