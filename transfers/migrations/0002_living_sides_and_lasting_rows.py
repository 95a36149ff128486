"""An open case lies between living organisations; no case is ever deleted, no step ever changed."""

from django.db import migrations

FORWARD = """
ALTER TABLE transfers_transfer ADD CONSTRAINT transfer_from_living_branch
    FOREIGN KEY (source_id, live) REFERENCES orgs_organization (id, live);
ALTER TABLE transfers_transfer ADD CONSTRAINT transfer_to_living_organization
    FOREIGN KEY (target_id, live) REFERENCES orgs_organization (id, live);
CREATE FUNCTION transfers_last() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER transfer_lasts BEFORE DELETE ON transfers_transfer
    FOR EACH ROW EXECUTE FUNCTION transfers_last();
CREATE TRIGGER step_lasts BEFORE UPDATE OR DELETE ON transfers_step
    FOR EACH ROW EXECUTE FUNCTION transfers_last();
"""
BACKWARD = """
DROP TRIGGER step_lasts ON transfers_step;
DROP TRIGGER transfer_lasts ON transfers_transfer;
DROP FUNCTION transfers_last();
ALTER TABLE transfers_transfer DROP CONSTRAINT transfer_to_living_organization;
ALTER TABLE transfers_transfer DROP CONSTRAINT transfer_from_living_branch;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("transfers", "0001_cases_and_steps"),
        ("orgs", "0002_living_references_and_search"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
