"""Deltas a chunk to a row, marks as slots beside their numbers, opening balances of stocks; sums are made anew."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Rows are rewritten every second: room for it in place, and cleaned up before anybody has to read past them.
TUNE = """
ALTER TABLE reporting_factdelta SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = on);
ALTER TABLE reporting_factsum SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE reporting_facttop SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);
"""
UNTUNE = """
ALTER TABLE reporting_factdelta RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_cost_delay, vacuum_truncate);
ALTER TABLE reporting_factsum RESET (fillfactor, autovacuum_vacuum_scale_factor);
ALTER TABLE reporting_facttop RESET (fillfactor, autovacuum_vacuum_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_workbooks")]

    operations = [
        migrations.RunSQL("DELETE FROM reporting_factdelta", migrations.RunSQL.noop),
        migrations.RemoveField("factdelta", "slots"),
        migrations.AddField("factdelta", "chunk", models.SmallIntegerField(default=0), preserve_default=False),
        migrations.AlterField(
            "factdelta",
            "amounts",
            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=64),
        ),
        migrations.DeleteModel("FactMark"),
        migrations.CreateModel(
            name="FactOpening",
            fields=[("day", models.DateField(primary_key=True, serialize=False))],
            options={"verbose_name": "fact opening"},
        ),
        migrations.AddField(
            "factseat",
            "is_shared",
            models.BooleanField(default=False, help_text="a divided place with pieces in another province too"),
        ),
        migrations.AddIndex("factseat", models.Index(fields=["era", "path"], name="fact_seat_era")),
        migrations.AddIndex(
            "factseat",
            models.Index(
                condition=models.Q(("path", "0."), ("is_shared", True), _connector="OR"),
                fields=["era"],
                name="fact_seat_apart",
            ),
        ),
        migrations.AddIndex(
            "facttop",
            models.Index(fields=["era", "chunk", "first_day", "last_day"], name="fact_top_span"),
        ),
        migrations.RemoveConstraint("return", "return_once"),
        migrations.AddConstraint(
            "return",
            models.UniqueConstraint(fields=("area", "form", "last_day", "first_day"), name="return_once"),
        ),
        migrations.AlterField(
            "return",
            "form",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returns",
                to="reporting.returnform",
                verbose_name="form",
            ),
        ),
        migrations.AlterField(
            "return",
            "area",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="areas.area",
                verbose_name="unit",
            ),
        ),
        migrations.RunSQL(TUNE, UNTUNE),
    ]
