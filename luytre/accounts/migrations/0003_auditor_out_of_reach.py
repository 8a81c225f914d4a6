"""The auditor cannot be stopped from within: only the owner of the tables, never the web's role, may (rule R23)."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION accounts_is_owner(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE oid = relation
$$;

CREATE FUNCTION accounts_keep_auditor_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.role = 'auditor' AND (OLD.valid_to IS NULL OR OLD.valid_to > current_date)
            AND NOT accounts_is_owner(TG_RELID) THEN
        RAISE EXCEPTION 'an auditor is out of reach of the application' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION accounts_keep_auditor_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT accounts_is_owner(TG_RELID) AND EXISTS (
        SELECT 1 FROM accounts_assignment
        WHERE user_id = NEW.user_id AND role = 'auditor' AND (valid_to IS NULL OR valid_to > current_date)
    ) THEN
        RAISE EXCEPTION 'an auditor is out of reach of the application' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER accounts_assignment_auditor BEFORE UPDATE OR DELETE ON accounts_assignment
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_auditor_assignment();
CREATE TRIGGER accounts_suspension_auditor BEFORE INSERT ON accounts_suspension
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_auditor_open();
CREATE TRIGGER accounts_onetimecode_auditor BEFORE INSERT ON accounts_onetimecode
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_auditor_open();
"""

BACK = """
DROP TRIGGER accounts_assignment_auditor ON accounts_assignment;
DROP TRIGGER accounts_suspension_auditor ON accounts_suspension;
DROP TRIGGER accounts_onetimecode_auditor ON accounts_onetimecode;
DROP FUNCTION accounts_keep_auditor_assignment();
DROP FUNCTION accounts_keep_auditor_open();
DROP FUNCTION accounts_is_owner(oid);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_codes_and_requests")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
