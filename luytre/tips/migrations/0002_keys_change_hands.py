import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tips", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="certifier",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="key that signs its lists"),
        ),
        migrations.AlterField(
            model_name="step",
            name="verb",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("classified", "classified"),
                    ("transferred", "passed on to another desk"),
                    ("converted", "made a source of information on a crime"),
                    ("joined", "joined with the same tip"),
                    ("checking", "checking began"),
                    ("extended", "time extended"),
                    ("reported", "reported to the head of the investigating body"),
                    ("suspended", "suspended"),
                    ("resumed", "resumed"),
                    ("concluded", "concluded"),
                    ("notified", "reporter told"),
                    ("acknowledged", "receipt told to the reporter and the procuracy"),
                    ("sent", "sent to the procuracy or to who may fine"),
                    ("closed", "closed"),
                    ("reopened", "reopened"),
                    ("withdrawn", "withdrawn by the reporter"),
                    ("answered", "the reporter said whether it is settled"),
                    ("complained", "the reporter complained about how it is handled"),
                    ("heard", "complaint answered"),
                    ("followed", "gone with the desk to the one that follows it"),
                    ("named", "identity opened by two custodians"),
                ],
                max_length=12,
                verbose_name="step",
            ),
        ),
        migrations.CreateModel(
            name="Vouching",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("root", models.CharField(max_length=64)),
                ("leaves", models.BinaryField()),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vouchings", to="tips.desk"
                    ),
                ),
            ],
            options={
                "verbose_name": "what a desk had said by a day",
                "verbose_name_plural": "what desks had said by a day",
                "constraints": [models.UniqueConstraint(fields=("desk", "root"), name="vouched_for_once")],
            },
        ),
    ]
