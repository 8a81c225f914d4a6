import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_token"),
        ("areas", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="token",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.area",
                verbose_name="only for this place",
            ),
        ),
        migrations.AddField(
            model_name="token",
            name="last_wrote_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last wrote"),
        ),
        migrations.AddField(
            model_name="token",
            name="permissions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                default=list,
                help_text="nothing named: all that its owner may do",
                size=None,
                verbose_name="what it may do",
            ),
        ),
    ]
