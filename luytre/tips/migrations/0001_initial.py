import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0003_territory_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayRoot",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="day")),
                ("root", models.CharField(max_length=64, verbose_name="root")),
                ("count", models.PositiveIntegerField(verbose_name="sealed parts")),
                ("leaves", models.BinaryField()),
            ],
            options={
                "verbose_name": "root of a day's sealed parts",
                "verbose_name_plural": "roots of days' sealed parts",
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("commune", "commune police"),
                            ("province", "provincial police"),
                            ("procuracy", "procuracy"),
                            ("ministry", "Ministry of Public Security"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="duty phone")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="where it is")),
                (
                    "is_remote",
                    models.BooleanField(
                        default=False,
                        help_text="some clocks run twice as long there",
                        verbose_name="mountain, remote area or island",
                    ),
                ),
                (
                    "decides_cases",
                    models.BooleanField(
                        default=False,
                        help_text="only for commune police whose head was given it by law; the other bodies do so anyway",
                        verbose_name="issues procedural decisions",
                    ),
                ),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "sends_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tips.desk",
                        verbose_name="passes on to",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tips.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk",
                "verbose_name_plural": "desks",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("area", "kind"), name="one_open_desk_of_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("successor", None), ("closed_at__isnull", False), _connector="OR"),
                        name="desk_succeeded_only_when_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sends_to", models.F("id")), _negated=True),
                        name="desk_passes_on_to_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("recipient", models.CharField(max_length=2100, verbose_name="key that is sealed to")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="epochs", to="tips.desk"
                    ),
                ),
            ],
            options={
                "verbose_name": "epoch of a desk's key",
                "verbose_name_plural": "epochs of desks' keys",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("desk", "number"), name="epochs_of_a_desk_are_numbered"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("desk",), name="one_epoch_is_sealed_to"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "officer of the desk"),
                            ("custodian", "custodian of identities"),
                            ("holder", "holder of the desk's certifying key"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="key that signs")),
                ("recipient", models.CharField(max_length=2100, verbose_name="key that is sealed to")),
                ("locked", models.TextField(verbose_name="secret, locked with words")),
                ("locked_by_passkey", models.TextField(blank=True, verbose_name="secret, locked with a passkey")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("certified_at", models.DateTimeField(null=True, verbose_name="certified at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="tips.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a person",
                "verbose_name_plural": "keys of persons",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("user", "desk", "role"),
                        name="one_key_for_each_role",
                    ),
                    models.UniqueConstraint(fields=("key",), name="signing_key_is_one_persons"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LockedSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.CharField(
                        choices=[("epoch", "epoch of the desk"), ("certifier", "the desk's certifying key")],
                        max_length=10,
                    ),
                ),
                ("inner", models.CharField(blank=True, max_length=40)),
                ("outer", models.CharField(blank=True, max_length=40)),
                ("sealed", models.BinaryField()),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="locked_secrets", to="tips.desk"
                    ),
                ),
                (
                    "epoch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="locked_secrets",
                        to="tips.epoch",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="locked_secrets",
                        to="tips.personkey",
                    ),
                ),
            ],
            options={
                "verbose_name": "locked secret of a desk",
                "verbose_name_plural": "locked secrets of desks",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("desk", "of", "epoch", "person"),
                        name="one_locked_secret_for_each_person",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inner", ""), ("outer", ""), ("person__isnull", False)),
                            models.Q(
                                ("person", None),
                                models.Q(("inner", ""), _negated=True),
                                models.Q(("outer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="locked_for_a_person_or_a_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("epoch__isnull", False), ("of", "epoch")),
                            models.Q(("epoch", None), ("of", "certifier")),
                            _connector="OR",
                        ),
                        name="locked_secret_of_an_epoch_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("provinces", "provinces, by the root"),
                            ("desks", "desks, by their province"),
                            ("desk", "keys of a desk, by its holders"),
                        ],
                        max_length=10,
                    ),
                ),
                ("of", models.CharField(blank=True, max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("key", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=100)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "signed list",
                "verbose_name_plural": "signed lists",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "of", "version"), name="signed_lists_are_numbered")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tip",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "lookup",
                    models.CharField(max_length=64, null=True, unique=True, verbose_name="digest of the look-up"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "sealed in the browser"),
                            ("plain", "the plain page"),
                            ("officer", "written down by an officer"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("is_code_once", models.BooleanField(default=False, verbose_name="code that somebody else has seen")),
                ("is_named", models.BooleanField(default=False, verbose_name="with a sealed name")),
                ("received_at", models.DateTimeField(verbose_name="received, to the hour")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("classified", "classified"),
                            ("checking", "being checked"),
                            ("suspended", "suspended"),
                            ("concluded", "concluded"),
                            ("notified", "concluded and told"),
                            ("closed", "closed"),
                            ("withdrawn", "withdrawn by the reporter"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "classed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crime", "source of information on a crime"),
                            ("wider", "wider information on order"),
                            ("administrative", "administrative violation"),
                            ("place", "problem of a place"),
                            ("feedback", "feedback"),
                            ("elsewhere", "complaint or denunciation that goes to another body"),
                            ("emergency", "emergency"),
                            ("duplicate", "the same as another"),
                            ("spam", "rubbish"),
                        ],
                        max_length=16,
                        verbose_name="class",
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("theft", "theft, robbery, snatching"),
                            ("fraud", "fraud, also over the network"),
                            ("drugs", "drugs"),
                            ("lending", "loan sharking and collecting by threats"),
                            ("gambling", "gambling"),
                            ("trafficking", "trafficking in people"),
                            ("home", "violence at home"),
                            ("children", "abuse of children"),
                            ("weapons", "weapons and explosives"),
                            ("fire", "danger of fire"),
                            ("traffic", "danger in traffic"),
                            ("environment", "environment and food"),
                            ("fights", "fights and disorder"),
                            ("officials", "wrongdoing by an official or a police body"),
                            ("places", "a broken or dangerous place"),
                            ("other", "something else about safety"),
                        ],
                        max_length=12,
                        verbose_name="matter",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at_once", "at once: caught in the act, very serious, or somebody may flee"),
                            ("soon", "soon"),
                            ("usual", "usual"),
                        ],
                        max_length=8,
                        verbose_name="urgency",
                    ),
                ),
                ("due_at", models.DateTimeField(null=True, verbose_name="the next clock ends")),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "settled"), ("partly", "partly"), ("no", "not settled")],
                        max_length=8,
                        verbose_name="settled or not, the reporter says",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="area of the first desk",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tips",
                        to="tips.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="duplicates",
                        to="tips.tip",
                    ),
                ),
            ],
            options={
                "verbose_name": "tip",
                "verbose_name_plural": "tips",
                "indexes": [
                    models.Index(fields=["desk", "due_at", "id"], name="tip_by_clock"),
                    models.Index(fields=["area", "received_at"], name="tip_by_area_and_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
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
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at, to the hour")),
                ("basis", models.CharField(blank=True, max_length=120, verbose_name="basis")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="number of the document")),
                ("authority", models.CharField(blank=True, max_length=40, verbose_name="who allowed it")),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prosecuted", "case opened"),
                            ("not_prosecuted", "no case opened"),
                            ("administrative", "handled as an administrative violation"),
                            ("elsewhere", "belongs to another body"),
                            ("advised", "advised where to turn"),
                            ("mended", "the place was mended"),
                            ("no_ground", "filed: not enough to go on"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("is_valuable", models.BooleanField(null=True, verbose_name="valuable")),
                ("case_count", models.PositiveIntegerField(default=0, verbose_name="cases opened")),
                ("administrative_count", models.PositiveIntegerField(default=0, verbose_name="administrative cases")),
                ("person_count", models.PositiveIntegerField(default=0, verbose_name="persons, as a number only")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tips.desk",
                        verbose_name="desk",
                    ),
                ),
                (
                    "to_desk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tips.desk",
                        verbose_name="to",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="tips.tip"),
                ),
            ],
            options={
                "verbose_name": "step of a tip",
                "verbose_name_plural": "steps of tips",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["desk", "at", "verb"], name="tip_step_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verb", "transferred"), _negated=True),
                            ("to_desk__isnull", False),
                            _connector="OR",
                        ),
                        name="passed_on_to_a_desk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verb", "concluded"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="concluded_with_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("reporter", "from the reporter"),
                            ("desk", "from the desk"),
                            ("notes", "notes of the desk"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("rung", models.PositiveSmallIntegerField()),
                ("came_at", models.DateTimeField(verbose_name="came, to the hour")),
                ("sealed", models.BinaryField()),
                (
                    "tip",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="tips.tip"),
                ),
            ],
            options={
                "verbose_name": "sealed part",
                "verbose_name_plural": "sealed parts",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("tip", "direction", "number"), name="parts_are_numbered")
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentitySeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inner", models.UUIDField()),
                ("outer", models.UUIDField()),
                ("sealed", models.BinaryField()),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identity_seals", to="tips.tip"
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed identity",
                "verbose_name_plural": "sealed identities",
                "constraints": [
                    models.UniqueConstraint(fields=("tip", "inner", "outer"), name="one_seal_for_each_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("inner", models.F("outer")), _negated=True), name="identity_takes_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("protection", "the reporter asked for protection (BLTTHS art. 487)"),
                            ("contact", "the reporter must be reached and does not answer here"),
                            ("notice", "the law asks for a written notice (TT 28/2020 art. 17)"),
                            ("order", "a written order of the procuracy or the court"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="number of the document")),
                ("asked_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("inner", models.BinaryField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tips.personkey"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tips.personkey"
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identity_requests", to="tips.tip"
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of an identity",
                "verbose_name_plural": "openings of identities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="identity_opened_by_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40, verbose_name="clock")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("due_at", models.DateTimeField(verbose_name="ends")),
                ("paused_at", models.DateTimeField(null=True, verbose_name="stands since")),
                ("met_at", models.DateTimeField(null=True, verbose_name="met")),
                ("breached_at", models.DateTimeField(null=True, verbose_name="missed")),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="no longer owed")),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tips.desk"),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clocks", to="tips.tip"
                    ),
                ),
            ],
            options={
                "verbose_name": "clock of a tip",
                "verbose_name_plural": "clocks of tips",
                "indexes": [
                    models.Index(
                        condition=models.Q(("met_at", None), ("stopped_at", None)),
                        fields=["due_at"],
                        name="clock_running",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("met_at", None), ("stopped_at", None)),
                        fields=("tip", "rule"),
                        name="one_running_clock_of_a_rule",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Wrapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                (
                    "epoch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wrappings",
                        to="tips.epoch",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wrappings", to="tips.tip"
                    ),
                ),
            ],
            options={
                "verbose_name": "wrapping of a tip's keys",
                "verbose_name_plural": "wrappings of tips' keys",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tip", "epoch"), name="one_wrapping_for_each_epoch", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockSetting",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="clock")),
                ("length", models.PositiveSmallIntegerField(verbose_name="length")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hours", "hours"),
                            ("days", "days"),
                            ("working_days", "working days"),
                            ("months", "months"),
                        ],
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                (
                    "is_doubled_when_remote",
                    models.BooleanField(verbose_name="twice as long in mountains, remote areas and on islands"),
                ),
                ("is_used", models.BooleanField(default=True, verbose_name="in use")),
                ("basis", models.CharField(max_length=200, verbose_name="basis")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "setting of a clock",
                "verbose_name_plural": "settings of clocks",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("length__gt", 0)), name="clock_has_a_length")
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("is_worked", models.BooleanField(default=False, verbose_name="offices work on it")),
                ("basis", models.CharField(max_length=200, verbose_name="basis")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="only in",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a working day",
                "verbose_name_plural": "changes of working days",
                "ordering": ["-day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "area"), name="one_change_of_a_day_in_a_place", nulls_distinct=False
                    )
                ],
            },
        ),
    ]
