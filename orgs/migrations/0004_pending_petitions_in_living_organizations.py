"""A pending petition concerns a living organisation: deleting one sends its petitions back first."""

from django.db import migrations

FORWARD = """
ALTER TABLE orgs_petition ADD CONSTRAINT petition_in_living_organization
    FOREIGN KEY (organization_id, live) REFERENCES orgs_organization (id, live);
ALTER TABLE orgs_petition ADD CONSTRAINT petition_waits_for_living_organization
    FOREIGN KEY (turn_organization_id, live) REFERENCES orgs_organization (id, live);
"""
BACKWARD = """
ALTER TABLE orgs_petition DROP CONSTRAINT petition_waits_for_living_organization;
ALTER TABLE orgs_petition DROP CONSTRAINT petition_in_living_organization;
"""


class Migration(migrations.Migration):
    dependencies = [("orgs", "0003_petitions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
