"""What was written, signed and issued is never changed, not even by the owner of the tables."""

from django.db import migrations

TABLES = [
    "reporting_reportfigures",
    "reporting_reportversion",
    "reporting_reportstep",
    "reporting_reportissue",
    "reporting_reportlayout",
]

FORBID = """
CREATE FUNCTION reports_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reports are append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
"""


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION reports_are_append_only();",
        f"DROP TRIGGER {table}_append_only ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_reports")]

    operations = [
        migrations.RunSQL(FORBID, "DROP FUNCTION reports_are_append_only();"),
        *[trigger(table) for table in TABLES],
    ]
