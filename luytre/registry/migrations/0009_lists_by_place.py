import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_site_at_a_public_place"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="guardteam",
            index=models.Index(fields=["area", "id"], include=("removed_at",), name="guardteam_by_place"),
        ),
        migrations.AddIndex(
            model_name="watchgroup",
            index=models.Index(fields=["area", "id"], include=("removed_at",), name="watchgroup_by_place"),
        ),
        migrations.AlterField(
            model_name="guardteam",
            name="area",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.area",
                verbose_name="area",
            ),
        ),
        migrations.AlterField(
            model_name="watchgroup",
            name="area",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.area",
                verbose_name="area",
            ),
        ),
    ]
