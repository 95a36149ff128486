"""A live code belongs to a living organisation."""

from django.db import migrations

FORWARD = """
ALTER TABLE regcodes_registrationcode ADD CONSTRAINT registration_code_in_living_organization
    FOREIGN KEY (organization_id, live) REFERENCES orgs_organization (id, live);
"""
BACKWARD = "ALTER TABLE regcodes_registrationcode DROP CONSTRAINT registration_code_in_living_organization;"


class Migration(migrations.Migration):
    dependencies = [("regcodes", "0001_initial"), ("orgs", "0002_living_references_and_search")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
